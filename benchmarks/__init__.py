"""The benchmarks: one question each. README.md says how to run them."""
