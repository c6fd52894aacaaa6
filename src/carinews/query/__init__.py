"""From what a person typed to documents, scores and excerpts.

text ──language──▶ tree ──execute──▶ matches ──marks, snippets──▶ hits
                    ▲
                    └──whoosh_tree──▶ whoosh.query
"""
