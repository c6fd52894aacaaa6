"""From what a person typed to documents, scores and snippets.

text ──language──▶ tree ──execute──▶ matches ──▶ hits
                    │                             ▲
                    └──whoosh_tree◀──▶ whoosh.query   snippets
"""
