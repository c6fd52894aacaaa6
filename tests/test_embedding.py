"""The two examples for web programs in `docs/embedding.md` run as they stand, in the real frameworks."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from carinews import Article, Index

PAGE = Path(__file__).parents[1] / "docs" / "embedding.md"
DJANGO = """
import sys, types
import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "haystack"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    HAYSTACK_CONNECTIONS={"default": {"ENGINE": "carinews_backend.CarinewsEngine", "PATH": sys.argv[1]}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
module = types.ModuleType("carinews_backend")
sys.modules["carinews_backend"] = module
django.setup()
exec(compile(open(sys.argv[2]).read(), "carinews_backend", "exec"), module.__dict__)

from django.contrib.auth.models import Group
from django.core.management import call_command
from haystack import connections, indexes
from haystack.query import SearchQuerySet

class GroupIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True)
    def get_model(self): return Group
    def prepare_text(self, group): return group.name

call_command("migrate", verbosity=0)
for name in ("Gempa di Palu\\nWarga mengungsi.", "Gempa di Lombok\\nBantuan.", "Panen raya\\nPetani memanen padi."):
    Group.objects.create(name=name)
unified = connections["default"].get_unified_index()
unified.build(indexes=[GroupIndex()])
backend = connections["default"].get_backend()
backend.update(GroupIndex(), Group.objects.all())

def found(query): return [result.object.name.split("\\n")[0] for result in query]
assert sorted(found(SearchQuerySet().auto_query("gempa"))) == ["Gempa di Lombok", "Gempa di Palu"]
assert found(SearchQuerySet().auto_query("gempa").filter(content="palu")) == ["Gempa di Palu"]
assert found(SearchQuerySet().auto_query("gempa").exclude(content="palu")) == ["Gempa di Lombok"]
assert found(SearchQuerySet().auto_query("gempa -lombok")) == ["Gempa di Palu"]
assert found(SearchQuerySet().filter(content="pemanenan")) == ["Panen raya"]
assert SearchQuerySet().auto_query("gempa").count() == 2
assert "<em>mengungsi</em>" in SearchQuerySet().auto_query("mengungsi")[0].highlighted["text"][0]
backend.remove(Group.objects.get(name__startswith="Panen"))
assert found(SearchQuerySet().auto_query("panen")) == []
backend.clear()
assert SearchQuerySet().auto_query("gempa").count() == 0
"""


def example(name: str) -> str:
    """The code of an example of the page."""
    (code,) = re.findall(rf"<!-- example: {name} -->\n```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return code


def test_the_search_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It finds, marks, escapes, pages, suggests, asks what was meant, and refuses with the reason."""
    pytest.importorskip("flask")
    articles = [
        Article(id=f"a{number}", title=f"Gempa <{number}>", body="Gempa <b>bumi</b> & tsunami.") for number in range(12)
    ]
    Index.build(articles, tmp_path).close()
    (tmp_path / "search_page.py").write_text(example("flask"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    client = import_module("search_page").create_app(str(tmp_path)).test_client()
    first = client.get("/?q=gempa").text
    assert "12 hasil" in first
    assert "<mark>Gempa</mark> &lt;b&gt;bumi&lt;/b&gt; &amp; tsunami." in first
    assert first.count("<article>") == 10
    assert client.get("/?q=gempa&page=2").text.count("<article>") == 2
    assert '<a href="?q=gempa">gempa</a>' in client.get("/?q=gemap").text
    assert client.get("/suggest?q=tsu").json == ["tsunami"]
    refused = client.get("/?q=warna:merah")
    assert (refused.status_code, "there is no field" in refused.text) == (400, True)
    assert client.get("/").status_code == 200
    assert "Gempa &lt;3&gt;" in client.get("/berita/a3").text
    assert client.get("/berita/takada").status_code == 404


def test_the_haystack_backend(tmp_path: Path) -> None:
    """In a real Django with django-haystack it indexes, finds, highlights, counts, removes and clears."""
    if find_spec("django") is None or find_spec("haystack") is None:
        pytest.skip("needs django and django-haystack, which the extra 'dev' brings")
    backend = tmp_path / "backend.py"
    backend.write_text(example("haystack"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DJANGO, str(tmp_path / "index"), str(backend)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
