"""The search over HTTP, as a WSGI application: any WSGI server can run it, `carinews serve` does.

What it answers is what the command line answers with `--json`; `openapi.py` describes it. An error is a
`carinews.error/1` document, as on the command line, with a status of HTTP.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs

import carinews
from carinews import serialise
from carinews.cli import failures
from carinews.cli.articles import around, whole
from carinews.cli.clean import json_text
from carinews.cli.failures import FAILURES, NotFound
from carinews.cli.messages import language, speaking
from carinews.cli.times import first_moment, moment_after
from carinews.engines.protocol import SORTS
from carinews.errors import CarinewsError
from carinews.model import Filters
from carinews.web import openapi, page
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from carinews.facade import Index
    from carinews.model import SearchResult

HEALTH_SCHEMA, SUGGEST_SCHEMA = "carinews.health/1", "carinews.suggest/1"
METHODS = ("GET", "HEAD")
MAX_PARAMETERS = 100
STATUS = {
    **dict.fromkeys(("WrongValue", "UsageError", "QuerySyntaxError", "QueryTooComplex"), HTTPStatus.BAD_REQUEST),
    **dict.fromkeys(("NotFound", "CarinewsError"), HTTPStatus.NOT_FOUND),  # an article that has just gone is the latter
    "WrongMethod": HTTPStatus.METHOD_NOT_ALLOWED,
}
"""The status of an error by its kind; any other means that the index cannot be read: 503."""
HEADERS = [
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"),
    ("X-Content-Type-Options", "nosniff"),
]
_LANGUAGE = re.compile(r"(?:^|,)\s*(id|en)\b[^,;]*(?:;\s*q=([01](?:\.\d{0,3})?))?")
HINT = "GET /openapi.json tells what can be asked"


class WrongValue(CarinewsError):
    """A parameter that there is not, or a value that it cannot have."""


class WrongMethod(CarinewsError):
    """Something else than reading was asked for."""


class Request(NamedTuple):
    """What is asked for: the path, its part that is a name (an id), the parameters."""

    path: str
    name: str
    values: dict[str, list[str]]

    def value(self, name: str) -> str | None:
        """The value of a parameter; the last where there are several."""
        return self.values[name][-1] if name in self.values else None

    def number(self, name: str, default: int) -> int:
        """The value of a parameter that counts something, within the bounds that are promised. Raises WrongValue."""
        value, (least, most) = self.value(name), openapi.BOUNDS[name]
        if value is None:
            return default
        if not re.fullmatch("[0-9]{1,12}", value) or not least <= int(value) <= most:
            raise WrongValue(
                Message(
                    "{name}={value!r} is no whole number from {least} to {most}",
                    name=name,
                    value=value,
                    least=str(least),
                    most=str(most),
                )
            )
        return int(value)


class Reply(NamedTuple):
    """What is answered."""

    status: HTTPStatus
    kind: str
    content: str


def application(index: Index) -> WSGIApplication:
    """The WSGI application that answers from an index, and from what is committed to it meanwhile."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        reply = _reply(index, environ)
        content = reply.content.encode("utf-8", "replace")
        kind = ("Content-Type", f"{reply.kind}; charset=utf-8")
        allow = [("Allow", ", ".join(METHODS))] if reply.status == HTTPStatus.METHOD_NOT_ALLOWED else []
        headers = [kind, ("Content-Length", str(len(content))), *HEADERS, *allow]
        start_response(f"{reply.status.value} {reply.status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]

    return answer


def _reply(index: Index, environ: WSGIEnvironment) -> Reply:
    path, method = _utf8(environ.get("PATH_INFO", "")) or "/", environ["REQUEST_METHOD"]
    try:
        if method not in METHODS:
            raise WrongMethod(Message("{method} is not answered here: only GET and HEAD are", method=method))
        if path == "/":
            return _page(index, environ)
        return _json(HTTPStatus.OK, _document(index, path, environ))
    except FAILURES as error:
        told = failures.document(error)
        return _json(_status(error), told | {"hint": HINT if told["hint"] else None})


def _json(status: HTTPStatus, document: dict[str, Any]) -> Reply:
    return Reply(status, "application/json", json_text(document) + "\n")


def _status(error: Exception) -> HTTPStatus:
    return STATUS.get(failures.document(error)["error"], HTTPStatus.SERVICE_UNAVAILABLE)


def _document(index: Index, path: str, environ: WSGIEnvironment) -> dict[str, Any]:
    """What an address of the API answers. Raises what `FAILURES` are."""
    for pattern, answer in ROUTES.items():
        if found := re.fullmatch(pattern.replace("{id}", "(.+)"), path, re.DOTALL):
            request = Request(path, "".join(found.groups()), _values(environ))
            _check(request, openapi.PARAMETERS[pattern])
            return answer(index, request)
    raise NotFound(Message("there is nothing at {path!r}; /openapi.json tells what there is", path=path))


def _values(environ: WSGIEnvironment) -> dict[str, list[str]]:
    """The parameters; one without a value, such as an empty field of a form, is not given."""
    try:
        return parse_qs(_utf8(environ.get("QUERY_STRING", "")), max_num_fields=MAX_PARAMETERS)
    except ValueError:
        raise WrongValue(Message("the address has too many parameters: {most} at most", most=MAX_PARAMETERS)) from None


def _utf8(text: str) -> str:
    """WSGI hands over bytes as if they were Latin-1."""
    return text.encode("latin-1").decode("utf-8", "replace")


def _check(request: Request, known: tuple[str, ...]) -> None:
    for name in request.values:
        if name not in known:
            told = {"path": request.path, "name": name, "known": ", ".join(known) or "-"}
            raise WrongValue(Message("{path} has no parameter {name!r}; there are: {known}", **told))


# -- what is answered ----------------------------------------------------------------------------


def _search(index: Index, request: Request) -> dict[str, Any]:
    return serialise.search_result(_found(index, request))


def _found(index: Index, request: Request) -> SearchResult:
    sort: Any = request.value("sort") or SORTS[0]
    if sort not in SORTS:
        raise WrongValue(
            Message("sort={value!r} is no order: write {choices}", value=sort, choices=" | ".join(SORTS)),
        )
    since, until = first_moment(request.value("since")), moment_after(request.value("until"))
    filters = Filters(since, until, tuple(request.values.get("source", ())) or None)
    limit, offset = request.number("limit", 10), request.number("offset", 0)
    asked = _asked(request)
    index.refresh()
    return index.search(asked, limit=limit, offset=offset, sort=sort, filters=filters)


def _asked(request: Request) -> str:
    asked = request.value("q")
    if asked is None or not asked.strip():
        raise WrongValue(Message("the query is empty: name a word to search for"))
    return asked


def _article(index: Index, request: Request) -> dict[str, Any]:
    index.refresh()
    return whole(index, request.name)


def _related(index: Index, request: Request) -> dict[str, Any]:
    index.refresh()
    return around(index, request.name, request.number("limit", 5)).document(request.name)


def _suggest(index: Index, request: Request) -> dict[str, Any]:
    asked = _asked(request)
    index.refresh()
    found = [{"text": one.text, "documents": one.documents} for one in index.suggest(asked)]
    return {"schema": SUGGEST_SCHEMA, "query": asked, "suggestions": found}


def _health(index: Index, request: Request) -> dict[str, Any]:
    index.refresh()
    return {"schema": HEALTH_SCHEMA, "status": "ok", "version": carinews.__version__, "documents": len(index)}


def _described(index: Index, request: Request) -> dict[str, Any]:
    return openapi.document(carinews.__version__)


ROUTES: dict[str, Callable[[Index, Request], dict[str, Any]]] = {
    "/api/search": _search,
    "/api/articles/{id}/related": _related,
    "/api/articles/{id}": _article,
    "/api/suggest": _suggest,
    "/api/health": _health,
    "/openapi.json": _described,
}
"""Who answers an address, the first that fits; an id may hold any sign."""


# -- the page ------------------------------------------------------------------------------------


def _page(index: Index, environ: WSGIEnvironment) -> Reply:
    """The page in the language of whoever reads; what goes wrong stands on it."""
    status, values = HTTPStatus.OK, {}
    with speaking(_read_by(environ.get("HTTP_ACCEPT_LANGUAGE", ""))):
        try:
            values = _values(environ)
            if "q" in values:
                content = page.answered(values, _found(index, Request("/", "", values)))
            else:
                index.refresh()
                content = page.empty(len(index))
        except FAILURES as error:
            status, content = _status(error), page.failed(values, failures.message(error))
    return Reply(status, "text/html", content)


def _read_by(accepted: str) -> str:
    """The language that a browser likes best of those we speak; where it names none, that of the server.

    >>> _read_by("fr, en;q=0.5, id-ID;q=0.8")
    'id'
    """
    liked = [(float(like or 1), name) for name, like in _LANGUAGE.findall(accepted.lower())]
    best = max((like for like, _ in liked), default=0.0)
    return next((name for like, name in liked if like == best > 0), "") or language()
