"""`python -m carinews` is `carinews`."""

from carinews.cli import main

if __name__ == "__main__":
    main()
