"""carinews and its peers side by side: the same articles, terms and questions, in one run.

    python -m benchmarks.peers NEWS

`corpus` makes the articles and terms, `queries` draws the questions, `engines/` puts each engine behind the same few
methods. `building` and `asking` take the time, `agreement` checks what was found, `tables`, `goals` and `plot` show it.
"""
