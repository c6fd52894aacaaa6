"""What can be asked over HTTP, as an OpenAPI document: addresses, parameters and their bounds."""

from __future__ import annotations

from typing import Any

from carinews.engines.protocol import SORTS

BOUNDS = {"limit": (1, 100), "offset": (0, 1_000_000_000)}
"""The least and the most that a number may be."""

PARAMETERS = {
    "/": ("q", "limit", "offset", "sort", "since", "until", "source"),
    "/api/search": ("q", "limit", "offset", "sort", "since", "until", "source"),
    "/api/articles/{id}/related": ("limit",),
    "/api/articles/{id}": (),
    "/api/suggest": ("q",),
    "/api/health": (),
    "/openapi.json": (),
}
"""The parameters of each address."""

_ABOUT = {
    "/": "The search page.",
    "/api/search": "Ranked hits with highlighted snippets, as `carinews search --json`.",
    "/api/articles/{id}/related": "What stands around an article, as `carinews related --json`.",
    "/api/articles/{id}": "One article, whole, as `carinews show --json`.",
    "/api/suggest": "What somebody may be about to type: the last word completed.",
    "/api/health": "That the index can be read, and how many documents it holds.",
    "/openapi.json": "This document.",
}
_SCHEMAS = {
    "/api/search": "carinews.search/1",
    "/api/articles/{id}/related": "carinews.related/1",
    "/api/articles/{id}": "carinews.article/1",
    "/api/suggest": "carinews.suggest/1",
    "/api/health": "carinews.health/1",
}
_VALUES: dict[str, tuple[str, dict[str, Any]]] = {
    "q": ("The query, as in `carinews help query`.", {"type": "string"}),
    "limit": ("How many at most.", {"type": "integer", "minimum": BOUNDS["limit"][0], "maximum": BOUNDS["limit"][1]}),
    "offset": (
        "Leave out so many hits first.",
        {"type": "integer", "default": 0, "minimum": BOUNDS["offset"][0], "maximum": BOUNDS["offset"][1]},
    ),
    "sort": ("The order of the hits.", {"type": "string", "enum": list(SORTS), "default": SORTS[0]}),
    "since": ("From then on: 2017, 2017-04, 2017-04-18, kemarin, 7-hari.", {"type": "string"}),
    "until": ("To the end of that year, month or day.", {"type": "string"}),
    "source": ("Only from this source, or any of several.", {"type": "array", "items": {"type": "string"}}),
}


def document(version: str) -> dict[str, Any]:
    """The OpenAPI document of this version."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "carinews", "version": version, "description": "Full-text search for Indonesian news."},
        "paths": {path: {"get": _get(path)} for path in PARAMETERS},
        "components": {"schemas": {"error": _object("carinews.error/1", "code", "error", "message", "hint")}},
    }


def _get(path: str) -> dict[str, Any]:
    failed = {"$ref": "#/components/schemas/error"}
    kind = "text/html" if path == "/" else "application/json"
    schema = {"type": "string"} if path == "/" else _object(_SCHEMAS.get(path))
    refused = {"400": "A wrong value or query.", "503": "The index cannot be read."}
    if "{id}" in path:
        refused["404"] = "There is no such article."
    failures = {
        status: _response(about, kind, schema if path == "/" else failed) for status, about in sorted(refused.items())
    }
    parameters = [_parameter(name, path) for name in PARAMETERS[path]]
    if "{id}" in path:
        parameters.insert(0, {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}})
    return {
        "summary": _ABOUT[path],
        "parameters": parameters,
        "responses": {"200": _response(_ABOUT[path], kind, schema)} | failures,
    }


def _parameter(name: str, path: str) -> dict[str, Any]:
    about, schema = _VALUES[name]
    required = name == "q" and path != "/"
    return {"name": name, "in": "query", "required": required, "description": about, "schema": schema}


def _response(about: str, kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {kind: {"schema": schema}}}


def _object(name: str | None, *keys: str) -> dict[str, Any]:
    """The schema of a document that tells its own name, with what is always in it."""
    if name is None:
        return {"type": "object"}
    return {"type": "object", "required": ["schema", *keys], "properties": {"schema": {"const": name}}}
