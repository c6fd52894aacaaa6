"""The search over HTTP: a WSGI application, its page, and the document that describes it."""
