"""Engines: each answers the same question from its own kind of index.

protocol.py  what a question and an answer are
local.py     the array index (the default)
whoosh.py    a plain Whoosh index: the reference
"""
