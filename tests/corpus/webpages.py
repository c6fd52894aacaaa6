"""One invented story in the markup of each site whose saved pages were met (`saved/`). No real page is quoted.

Every page prints the same title and the same paragraphs, so that one truth can be asked of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TITLE = "Perpustakaan Terapung Singgah di Teluk Rindang"
PARAGRAPHS = (
    "Dua ribu buku dibawa sebuah kapal kayu ke teluk itu pada Senin pagi, dan anak-anak sudah menunggu di dermaga.",
    'Nakhoda kapal itu, Wayan Sura, mengatakan kapalnya akan singgah selama sepekan. "Kami baru pulang kalau semua'
    ' anak sudah membaca," katanya di dermaga Muara Seni.',
    "Setiap anak boleh meminjam tiga buku sekaligus, dan buku cerita laut adalah yang paling sering dicari orang.",
    "Kapal itu berlayar lagi pada hari Ahad, menuju pulau-pulau kecil di sebelah timur yang tidak punya sekolah.",
)
CAPTION = "Kapal kayu bersandar di dermaga Muara Seni. KABAR/Tio Laras"
PUBLISHED = "2017-04-18T16:19:00+07:00"
ALSO = ("Sekolah Apung Menerima Empat Puluh Murid", "/read/2017/04/01/11/sekolah-apung-menerima-empat-puluh-murid")
LISTED = (
    ("Jembatan Gantung Seni Dibuka Lagi", "/read/2017/04/02/12/jembatan-gantung-seni-dibuka-lagi"),
    ("Harga Garam Teluk Rindang Naik", "/read/2017/04/03/13/harga-garam-teluk-rindang-naik"),
)
OG = f'<meta property="og:title" content="{TITLE} | Kabar Laut"><meta property="og:site_name" content="Kabar Laut">'
FOLDER = Path(__file__).with_name("saved")


@dataclass(frozen=True)
class Saved:
    """A saved page, and what a reader sees on it besides what all of them show."""

    name: str
    section: str | None = None
    author: str | None = "Tio Laras"
    city: str | None = "Muara Seni"
    caption: str = CAPTION
    stories: bool = True

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.html"

    @property
    def html(self) -> str:
        return self.path.read_text(encoding="utf-8")


SAVED = (
    Saved("tempo-2015", section="laut", author=None),  # the name in capitals below the text is a credit
    Saved("tempo-2021"),  # the next story stands below the first
    Saved("tempo-2024"),  # notices of advertisements between the paragraphs
    Saved("tempo-2025", section="Laut", caption="", stories=False),  # the text in JSON-LD only
    Saved("kompas-2015", section="Daerah"),  # line breaks for paragraphs, the title in an h2
    Saved("kompas-now", section="Laut"),
    Saved("detik-2015", section="Laut"),  # local time passed for UTC, the dateline on a line of its own
    Saved("detik-now"),
    Saved("liputan6-2016", section="Laut"),  # the second page of the text hidden
    Saved("antara-2015"),  # no address of its own
    Saved("okezone-2015", section="Laut"),  # hidden words in the links
    Saved("republika-2016", section="Laut"),  # the page lists itself
    Saved("viva-2016", section="LAUT", caption=f"{CAPTION}\nAnak membaca di geladak. Foto: Kabar"),
    Saved("kapanlagi-2015", section="LAUT", author=None, city=None),  # the first paragraph loose in its div
    Saved("kompas-2023", section="Laut"),  # invitations to channels below the text, the pages of it counted
    Saved("detik-2023", section="Laut"),  # videos, a notice to scroll on, a button to the next page
    Saved("liputan6-2023", section="Laut"),  # two pages, each in an element of its own; a dateline without a dash
    Saved("antara-2023", section="Laut"),  # labels and a ban below the text
    Saved("okezone-2023", section="Laut"),  # "BACA JUGA:" and its title in two paragraphs
    Saved("republika-2023", section="Laut"),  # the article in a graph, a promotion that says "BACA JUGA"
    Saved("viva-2023", section="LAUT"),
    Saved("kapanlagi-2023", section="Laut", author=None, city=None),
    Saved("tempo-2023", section="Laut"),
    Saved("amp-2021", section="Laut", caption=""),  # the author is only pointed at, the date is in UTC
    Saved("wordpress-2023", section="Laut"),  # the graph that a common plug-in writes
    Saved("unknown", caption=""),  # a site that nobody knows
)


def page(head: str, body: str, *, url: bool = True) -> str:
    """A whole page around its two interesting parts."""
    address = '<link rel="canonical" href="https://laut.kabar.id/read/2017/04/18/99/perpustakaan">' if url else ""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{address}{head}</head><body>{body}</body></html>"


def p(*texts: str) -> str:
    """Paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def li(*stories: tuple[str, str]) -> str:
    """A list of links."""
    return "<ul>" + "".join(f'<li><a href="{url}">{title}</a></li>' for title, url in stories) + "</ul>"
