"""The index: immutable segments of flat arrays, named by one manifest that is switched at once.

storage.py   the only door to the disk: write, fsync, rename
manifest.py  CURRENT: which segments make up this generation
segment.py   the layout of a segment, and reading it
words.py     the words of many texts → numbers
builder.py   articles → one segment
merge.py     several segments → one
workers.py   segments built by other processes
stories.py   which related stories need a document of their own
writer.py    add, update, delete, commit, cancel
reader.py    one generation, open for searching
"""
