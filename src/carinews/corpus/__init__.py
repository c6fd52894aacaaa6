"""Any file that holds news, read as articles.

`reader.read_corpus` reads a folder or a file; what cannot be read comes out as a CorpusError among
the articles, so that one bad record costs only itself. The path of a file through this room:

    reader (which files) → files, encodings (bytes to text) → Article, by its kind:
        tempo (a page copied as text), webpage (a page in HTML) → page (what a paragraph says of itself)
        records (data), feeds, archives

Nothing is imported here: a search needs `ids`, and should not pay for the patterns of `tempo`.
"""
