"""The search page: plain HTML that needs no script. Whatever comes from outside passes `_shown`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from carinews.cli.articles import facts
from carinews.cli.clean import clean
from carinews.cli.messages import counted, language, said, text
from carinews.cli.search import summary
from carinews.engines.protocol import SORTS
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carinews.model import Hit, SearchResult, Span

    Values = dict[str, list[str]]

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 1.5rem auto; padding: 0 1rem; }
form label { margin-right: .8rem; white-space: nowrap; }
input[type=search] { width: 100%; box-sizing: border-box; font-size: 1.2rem; padding: .4rem; margin-bottom: .6rem; }
ol { list-style: none; padding: 0; }
li { margin: 1.4rem 0; } h2 { font-size: 1.1rem; margin: 0; } p { margin: .2rem 0; }
.facts { color: #666; font-size: .9rem; } mark { background: #fd6; color: #000; } nav a { margin-right: 1rem; }
"""


def empty(documents: int) -> str:
    """The page before anything is asked."""
    return _page({}, _paragraph(text("{documents} in the index", documents=counted(documents, "document"))))


def failed(asked: Values, message: object) -> str:
    """The page where a question cannot be answered, and why."""
    return _page(asked, f'<p role="alert">{_shown(said(message))}</p>')


def answered(asked: Values, result: SearchResult) -> str:
    """The page with a page of hits. `asked` are the parameters as they were given."""
    parts = [_paragraph(said(warning)) for warning in result.warnings]
    parts.append(_paragraph(summary(result)))
    if result.did_you_mean:
        told = _shown(text("Did you mean: {query}?", query=result.did_you_mean))
        parts.append(f"<p>{_link(_address(asked, q=result.did_you_mean, offset=''), told)}</p>")
    parts += ["<ol>", *map(_hit, result.hits), "</ol>", _turning(asked, result)]
    return _page(asked, "\n".join(parts))


def _page(asked: Values, content: str) -> str:
    title = " – ".join([*asked.get("q", ())[-1:], text("News search")])
    return f"""<!DOCTYPE html>
<html lang="{language()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{_shown(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
{_form(asked)}
{content}
</main>
</body>
</html>
"""


def _form(asked: Values) -> str:
    chosen = _given(asked, "sort")
    orders = "".join(
        f'<option value="{sort}"{" selected" if sort == chosen else ""}>{_shown(said(Message(sort)))}</option>'
        for sort in SORTS
    )
    fields = (("since", text("Since")), ("until", text("Until")), ("source", text("Source")))
    return f"""<form action="/" method="get" role="search">
<input type="search" name="q" value="{_shown(_given(asked, "q"))}" aria-label="{_shown(text("Words to search for"))}">
<label>{_shown(text("Order"))} <select name="sort">{orders}</select></label>
{"".join(_field(name, label, _given(asked, name)) for name, label in fields)}
<button>{_shown(text("Search"))}</button>
</form>"""


def _field(name: str, label: str, value: str) -> str:
    return f'<label>{_shown(label)} <input name="{name}" value="{_shown(value)}" size="10"></label>\n'


def _hit(hit: Hit) -> str:
    title = _marked(hit.title, hit.title_highlights)
    snippets = (f"<p>{_marked(snippet.text, snippet.highlights)}</p>" for snippet in hit.snippets)
    whole = _link(f"/api/articles/{quote(hit.id, safe='')}", _shown(hit.id))
    return f"""<li>
<h2>{_link(hit.url, title) if hit.url and _leads_to_the_web(hit.url) else title}</h2>
<p class="facts">{_shown(" · ".join(facts(hit.article)))}</p>
{"".join(snippets)}
{"".join(map(_paragraph, _beside(hit)))}
<p class="facts">{whole}</p>
</li>"""


def _beside(hit: Hit) -> Iterable[str]:
    """The related stories of a hit, and its copies."""
    if hit.related:
        titles = "; ".join(story.title for story in hit.related)
        yield text("{number} related: {titles}", number=len(hit.related), titles=titles)
    if hit.copies:
        sources = ", ".join(other.source or other.id for other in hit.copies)
        yield text("+{copies}: {sources}", copies=counted(len(hit.copies), "copy"), sources=sources)


def _turning(asked: Values, result: SearchResult) -> str:
    """Links to the page before and the page after."""
    limit, offset = int(_given(asked, "limit") or 10), int(_given(asked, "offset") or 0)
    links = []
    if offset:
        links.append(_link(_address(asked, offset=str(max(0, offset - limit))), _shown(text("Previous"))))
    if len(result) == limit and offset + limit < result.total:
        links.append(_link(_address(asked, offset=str(offset + limit)), _shown(text("Next"))))
    return f"<nav>{''.join(links)}</nav>"


def _address(asked: Values, **changed: str) -> str:
    """The same question with something changed; what becomes empty is left out."""
    values = asked | {name: [value] if value else [] for name, value in changed.items()}
    return "/?" + urlencode(values, doseq=True)


def _given(asked: Values, name: str) -> str:
    return asked.get(name, [""])[-1]


def _leads_to_the_web(url: str) -> bool:
    """Whether a browser may follow an address out of an article: not `javascript:` and the like."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _link(address: str, shown: str) -> str:
    return f'<a href="{_shown(address)}">{shown}</a>'


def _paragraph(plain: str) -> str:
    return f"<p>{_shown(plain)}</p>"


def _marked(plain: str, highlights: Iterable[Span]) -> str:
    parts, done = [], 0
    for start, end in highlights:
        parts += [_shown(plain[done:start]), f"<mark>{_shown(plain[start:end])}</mark>"]
        done = end
    return "".join([*parts, _shown(plain[done:])])


def _shown(plain: str) -> str:
    """A text as HTML, safe between tags and between double quotes; without controls, which turn the writing round."""
    return escape(clean(plain))
