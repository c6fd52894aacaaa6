"""Any file that holds news, read as articles.

`reader.read_corpus` reads a folder or a file; what cannot be read comes out as a CorpusError among
the articles, so that one bad record costs only itself. The path of a file through this room:

    reader (which files) → files (bytes to text) → tempo (a page) or records (data) → Article

Nothing is imported here: a search needs `ids`, and should not pay for the patterns of `tempo`.
"""
