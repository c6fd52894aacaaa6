"""The search over HTTP: what the command line answers, page and errors, and a server that really runs."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote_to_bytes, urlsplit
from urllib.request import urlopen
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from carinews import Article, Index
from carinews.cli import run
from carinews.model import WIB
from carinews.web import openapi
from carinews.web.app import HEADERS, ROUTES, application
from terminal import heed_interrupts

HOSTILE = Article(
    id="jahat/<b>?&\"'",
    title='<script>alert("judul")</script> kapal merah',
    body="Kapal <img src=x onerror=alert(1)> berlabuh.\x1b[2J \u202eKapal pergi & pulang.",
    source="<i>sumber</i>",
    url="javascript:alert(1)",
    published=datetime(2020, 5, 6, tzinfo=WIB),
)
LINKED = Article(id="baik", title="Perahu kuning", body="Perahu berlayar.", url='https://kabar.example/?a="1"&b=2')


class Reply(NamedTuple):
    """What the application answered."""

    status: int
    headers: dict[str, str]
    content: str

    def json(self) -> dict[str, Any]:
        assert self.headers["Content-Type"] == "application/json; charset=utf-8"
        document: dict[str, Any] = json.loads(self.content)
        return document


Ask = Callable[..., Reply]


def asking(index: Index) -> Ask:
    """Ask the application without a server, held to the WSGI standard."""
    served = validator(application(index))

    def ask(address: str, method: str = "GET", **headers: str) -> Reply:
        parts = urlsplit(address)
        path = unquote_to_bytes(parts.path).decode("latin-1")  # as WSGI has it
        environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": parts.query, "REQUEST_METHOD": method, **headers}
        environ["SCRIPT_NAME"] = ""
        setup_testing_defaults(environ)
        told: list[Any] = []
        content = served(environ, lambda status, headers, _=None: told.extend((status, headers)))  # type: ignore
        try:
            body = b"".join(content).decode()
        finally:
            content.close()  # type: ignore[attr-defined]
        return Reply(int(told[0][:3]), dict(told[1]), body)

    return ask


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARINEWS_LANG", "en")


@pytest.fixture
def ask(index: Index) -> Ask:
    """Ask about the six articles."""
    return asking(index)


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Ask]:
    """Ask about articles that mean ill."""
    with Index.build((HOSTILE, LINKED), tmp_path / "hostile") as index:
        yield asking(index)


def command(capfd: pytest.CaptureFixture[str], index_path: Path, *arguments: str) -> dict[str, Any]:
    """What the command line answers, but for the time it took."""
    capfd.readouterr()
    run([*arguments, "--json", "--index", str(index_path)])
    document: dict[str, Any] = json.loads(capfd.readouterr().out)
    return timeless(document)


def timeless(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "took_ms"}


# -- the API -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "arguments"),
    [
        ("q=gempa+palu", ["gempa palu"]),
        ("q=%22gempa%20bumi%22", ['"gempa bumi"']),
        ("q=gempa+OR+beras&limit=1&offset=1&sort=newest", ["gempa OR beras", "-n1", "--offset=1", "--sort=newest"]),
        ("q=gempa&since=2018-10&until=2018", ["gempa", "--since=2018-10", "--until=2018"]),
        ("q=korban&source=kabar&source=warta", ["korban", "--source=kabar", "--source=warta"]),
        ("q=korban&source=kabar&since=&sort=", ["korban", "--source=kabar"]),
        ("q=zzzz", ["zzzz"]),
        ("q=Jum%E2%80%99at+Erdo%C4%9Fan", ["Jum’at Erdoğan"]),
    ],
)
def test_a_search_answers_what_the_command_answers(
    ask: Ask, index_path: Path, capfd: pytest.CaptureFixture[str], asked: str, arguments: list[str]
) -> None:
    """The same question has the same JSON, over HTTP and on the command line."""
    reply = ask(f"/api/search?{asked}")
    assert reply.status == 200
    assert timeless(reply.json()) == command(capfd, index_path, "search", *arguments)


def test_an_article_and_what_stands_around_it(ask: Ask, index_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`/api/articles/{id}` is `show --json`, `/related` is `related --json`."""
    assert ask("/api/articles/gempa-palu").json() == command(capfd, index_path, "show", "gempa-palu")
    around = ask("/api/articles/gempa-palu/related").json()
    assert around == command(capfd, index_path, "related", "gempa-palu")
    assert [story["title"] for story in around["related"]] == ["Tsunami Menerjang Donggala", "Bantuan untuk Palu Tiba"]
    one = ask("/api/articles/gempa-palu/related?limit=1").json()
    assert one == command(capfd, index_path, "related", "gempa-palu", "-n1")


def test_an_id_may_hold_any_sign(hostile: Ask) -> None:
    """Percent-encoded, an id with slashes, quotes and angles is found."""
    assert hostile(f"/api/articles/{quote(HOSTILE.id, safe='')}").json()["body"] == HOSTILE.body
    assert hostile(f"/api/articles/{quote(HOSTILE.id)}/related").json()["id"] == HOSTILE.id


def test_suggestions_and_health(ask: Ask, index: Index) -> None:
    """A search box gets what completes its word; health counts the documents."""
    found = ask("/api/suggest?q=gem").json()
    assert found["schema"] == "carinews.suggest/1"
    assert found["suggestions"] == [{"text": one.text, "documents": one.documents} for one in index.suggest("gem")]
    assert {"text": "gempa", "documents": 2} in found["suggestions"]
    assert ask("/api/health").json()["documents"] == len(index) == 8


def test_what_is_indexed_meanwhile_is_found(ask: Ask, index_path: Path) -> None:
    """Each search looks for what was committed before it."""
    assert ask("/api/search?q=rambutan").json()["total"] == 0
    with Index.writer(index_path) as writer:
        writer.add(Article(id="rambutan", title="Panen Rambutan"))
    assert ask("/api/search?q=rambutan").json()["total"] == 1
    assert "Panen <mark>Rambutan</mark>" in ask("/?q=rambutan").content


def test_openapi_describes_what_there_is(ask: Ask) -> None:
    """Every address and parameter that is answered stands in the document, and no other."""
    document = ask("/openapi.json").json()
    assert set(document["paths"]) == {"/", *ROUTES} == set(openapi.PARAMETERS)
    for path, methods in document["paths"].items():
        named = {one["name"] for one in methods["get"]["parameters"] if one["in"] == "query"}
        assert named == set(openapi.PARAMETERS[path])
        schema = methods["get"]["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
        if name := schema.get("properties", {}).get("schema", {}).get("const"):
            real = path.replace("{id}", "isis") + ("?q=gempa" if "q" in openapi.PARAMETERS[path] else "")
            assert ask(real).json()["schema"] == name


# -- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "kind", "told"),
    [
        ("/api/search?q=warna:merah", 400, "QuerySyntaxError", "warna"),
        (f"/api/search?q={'a' * 1001}", 400, "QueryTooComplex", "1000 is the most"),
        ("/api/search", 400, "WrongValue", "empty"),
        ("/api/search?q=+", 400, "WrongValue", "empty"),
        ("/api/suggest", 400, "WrongValue", "empty"),
        ("/api/search?q=a&limit=0", 400, "WrongValue", "from 1 to 100"),
        ("/api/search?q=a&limit=101", 400, "WrongValue", "from 1 to 100"),
        ("/api/search?q=a&limit=-1", 400, "WrongValue", "from 1 to 100"),
        ("/api/search?q=a&limit=1_0", 400, "WrongValue", "from 1 to 100"),
        (f"/api/search?q=a&limit={'9' * 5000}", 400, "WrongValue", "from 1 to 100"),
        ("/api/search?q=a&offset=1000000001", 400, "WrongValue", "to 1000000000"),
        ("/api/search?q=a&sort=best", 400, "WrongValue", "relevance | newest | oldest"),
        ("/api/search?q=a&since=besok", 400, "UsageError", "is no date"),
        ("/api/search?q=a&since=9999-05-05", 400, "UsageError", "is no date"),
        ("/api/search?q=a&until=99999999999999-hari", 400, "UsageError", "is no date"),
        ("/api/search?q=a&sorts=newest", 400, "WrongValue", "no parameter 'sorts'"),
        ("/api/search?" + "&".join(["source=a"] * 101), 400, "WrongValue", "too many"),
        ("/api/articles/tidak-ada", 404, "NotFound", "tidak-ada"),
        ("/api/articles/tidak-ada/related", 404, "NotFound", "tidak-ada"),
        ("/api/articles/", 404, "NotFound", "/openapi.json"),
        ("/api", 404, "NotFound", "/openapi.json"),
        ("/..%2f..%2fetc/passwd", 404, "NotFound", "/openapi.json"),
        ("/%ff", 404, "NotFound", "/openapi.json"),
    ],
)
def test_what_cannot_be_answered(ask: Ask, address: str, status: int, kind: str, told: str) -> None:
    """Each error is a document that names what is wrong, with its status."""
    reply = ask(address)
    document = reply.json()
    assert (reply.status, document["schema"], document["error"]) == (status, "carinews.error/1", kind)
    assert told in document["message"]
    assert "--help" not in reply.content


def test_a_query_that_cannot_be_read_tells_where(ask: Ask) -> None:
    """As on the command line, a program learns the text and the position."""
    document = ask("/api/search?q=gempa+warna:merah").json()
    assert (document["text"], document["position"], document["code"]) == ("gempa warna:merah", 6, 2)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading_is_answered(ask: Ask, method: str) -> None:
    """Another method is refused, at any address."""
    for address in ("/", "/api/search?q=gempa", "/tidak"):
        reply = ask(address, method)
        assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")
        assert reply.json()["error"] == "WrongMethod"


def test_an_index_that_cannot_be_read(ask: Ask, index_path: Path) -> None:
    """A damaged index is the server's trouble, told as such by the API and on the page; healed, it answers again."""
    current = index_path / "CURRENT"
    whole = current.read_bytes()
    current.write_bytes(b"rusak")
    assert (ask("/api/search?q=gempa").status, ask("/api/health").status, ask("/?q=gempa").status) == (503, 503, 503)
    assert ask("/api/search?q=gempa").json()["error"] == "IndexCorrupt"
    current.unlink()
    assert ask("/api/search?q=gempa").status == 503
    current.write_bytes(whole)
    assert ask("/api/search?q=gempa").status == 200


@pytest.mark.parametrize("address", ["/", "/?q=gempa", "/api/search?q=gempa", "/openapi.json", "/tidak"])
def test_head_is_get_without_the_content(ask: Ask, address: str) -> None:
    """The same status and headers, and nothing behind them."""
    got, head = ask(address), ask(address, "HEAD")
    assert (head.status, head.content) == (got.status, "")
    assert head.headers.keys() == got.headers.keys()
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


# -- the page ------------------------------------------------------------------------------------


def test_the_page_shows_hits_with_marks(ask: Ask) -> None:
    """A form; then hits with what matched marked, their dates, their related stories."""
    assert "8 documents in the index" in ask("/").content
    reply = ask("/?q=gempa&sort=newest")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    for shown in (
        '<html lang="en">',
        'value="gempa"',
        '<option value="newest" selected>newest</option>',
        "<mark>Gempa</mark> Mengguncang Palu",
        "2 related: Tsunami Menerjang Donggala; Bantuan untuk Palu Tiba",
        "28 Sep 2018 18:02 WIB",
        'href="/api/articles/gempa-palu"',
    ):
        assert shown in reply.content
    assert "Did you mean: gempa?" in ask("/?q=gemap").content


def test_every_reply_carries_its_guards(ask: Ask) -> None:
    """No script runs and no kind is guessed, whatever is answered."""
    for address in ("/", "/?q=gempa", "/?q=warna:x", "/api/health", "/tidak"):
        assert set(HEADERS) <= set(ask(address).headers.items())


@pytest.mark.parametrize("query", ["kapal", '<script>alert("q")</script> kapal', "'\"><script>kapal"])
def test_hostile_texts_are_only_texts(hostile: Ask, query: str) -> None:
    """Of title, body, source, id and query nothing becomes a tag, an attribute or a control; no address runs."""
    for address in (
        f"/?q={quote(query)}",
        f"/?q={quote(query)}&source={quote(query)}",
        f"/?q=kapal&since={quote(query)}",
    ):
        content = hostile(address).content
        allowed = (
            "!DOCTYPE html head meta title style body main form input label select option button p a ol li h2 mark nav"
        )
        assert set(re.findall(r"</?([^\s>/]+)", content)) <= set(allowed.split())
        assert not re.search(r"""<[^>]*\son\w+=""", content)
        assert "javascript:" not in content
        assert not set(content) & set("\x1b\u202e")
    shown = hostile("/?q=kapal").content
    assert "&lt;script&gt;alert(&quot;judul&quot;)&lt;/script&gt; <mark>kapal</mark> merah" in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_an_address_of_the_web_is_a_link(hostile: Ask) -> None:
    """http and https alone, with their quotes kept from ending the attribute."""
    assert (
        '<a href="https://kabar.example/?a=&quot;1&quot;&amp;b=2"><mark>Perahu</mark>' in hostile("/?q=perahu").content
    )


def test_pages_are_turned(ask: Ask) -> None:
    """Following the links forth and back shows every hit once."""
    hits = [hit["id"] for hit in ask("/api/search?q=gempa+OR+petani+OR+korban").json()["hits"]]
    assert len(hits) > 3
    address, seen = "/?q=gempa+OR+petani+OR+korban&limit=2", []
    while address:
        content = ask(address).content
        seen += re.findall(r'href="/api/articles/([^"]+)"', content)
        following = re.search(r'<a href="([^"]+)">Next', content)
        assert ("Previous" in content) == (len(seen) > 2)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == hits


@pytest.mark.parametrize(
    ("accepted", "server", "spoken"),
    [
        ("id-ID,id;q=0.9,en;q=0.8", "en", "id"),
        ("en-US,en;q=0.5,id;q=0.2", "id", "en"),
        ("fr, en;q=0.3, id; q=0.8", "en", "id"),
        ("id;q=0, fr", "en", "en"),
        ("fr", "id", "id"),
        ("", "id", "id"),
        ("id;q=much", "en", "id"),
        (";;q=x,,-;q=0.5,fr;q=zz" * 9, "en", "en"),
    ],
)
def test_the_page_speaks_its_readers_language(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, accepted: str, server: str, spoken: str
) -> None:
    """What the browser likes best counts, then the server's own; JSON stays English."""
    monkeypatch.setenv("CARINEWS_LANG", server)
    found, none = {"en": ("1 hit in", "No hits"), "id": ("1 hasil dalam", "Tidak ada hasil")}[spoken]
    reply = ask("/?q=isis", HTTP_ACCEPT_LANGUAGE=accepted)
    assert f'<html lang="{spoken}">' in reply.content
    assert found in reply.content
    assert none in ask("/?q=zzzz", HTTP_ACCEPT_LANGUAGE=accepted).content
    wrong = ask("/?q=warna:x", HTTP_ACCEPT_LANGUAGE=accepted)
    assert wrong.status == 400
    assert {"en": "there is no field", "id": "tidak ada bidang"}[spoken] in wrong.content
    english = ask("/api/search?q=warna:x", HTTP_ACCEPT_LANGUAGE=accepted).json()
    assert "there is no field" in english["message"]


# -- the command ---------------------------------------------------------------------------------


def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    """It builds the index, says where it serves, answers there, and ends quietly with 130."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(
        "Panen Rambutan\n\nPetani memanen rambutan di kebun.\n", encoding="utf-8"
    )
    source = str(Path(__file__).parents[2] / "src")
    started = subprocess.Popen(
        [sys.executable, "-m", "carinews", "serve", "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": source},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )
    try:
        assert started.stderr is not None
        lines = iter(started.stderr.readline, "")
        address = next(found[1] for line in lines if (found := re.search(r"Serving index at (http://\S+/) ", line)))
        with urlopen(f"{address}api/health") as reply:
            assert json.load(reply)["documents"] == 1
        with urlopen(f"{address}api/search?q=memanen") as reply:
            assert [hit["title"] for hit in json.load(reply)["hits"]] == ["Panen Rambutan"]
        started.send_signal(signal.SIGINT)
        assert started.wait(timeout=30) == 130
        assert (started.stderr.read(), started.stdout.read() if started.stdout else "") == ("", "")
    finally:
        started.kill()
        started.communicate()


def test_a_port_in_use_is_said(index_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The error names the port and the option that chooses another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port), "--index", str(index_path)]) == 2
    assert capfd.readouterr().err == f"carinews: port {port} of 127.0.0.1 is in use: choose another with --port\n"


def test_a_host_that_is_none_is_said(index_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An address of another machine, or a name that none can have, is refused with the options to change."""
    for host in ("192.0.2.1", "a b", "a..b"):
        assert run(["serve", "--host", host, "--port", "0", "--index", str(index_path)]) == 2
        told = capfd.readouterr().err
        assert host in told
        assert "--host" in told


def test_without_index_and_corpus_nothing_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a search: exit code 3."""
    monkeypatch.chdir(tmp_path)
    assert run(["serve", "--port", "0"]) == 3
