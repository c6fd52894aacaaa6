"""A copied page becomes an article: every layout, every loss, and nothing of the page in its body."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.corpus.furniture import is_furniture
from carinews.corpus.stories import is_edge_line
from carinews.corpus.tempo import parse_dump
from carinews.errors import CorpusError
from carinews.model import Article, RelatedStory

from . import pages


def parse(text: str) -> Article:
    return parse_dump(text, "kabar.txt")


def titles(article: Article, kind: str) -> list[str]:
    return [story.title for story in article.related if story.kind == kind]


class TestSeedLayout:
    """The layout the project began with, here in a page of our own."""

    def test_the_head_is_told_apart(self) -> None:
        """Title, date with its zone, caption, outlet and city stand in fields of their own."""
        article = parse(pages.SEED)
        assert article.title == "Air Sungai Seni Surut, Warga Mulai Pulang"
        assert article.published is not None
        assert article.published.isoformat() == "2017-04-18T16:19:00+08:00"
        assert article.date_certainty == "exact"
        assert article.caption == "Perahu bersandar di dermaga Muara Seni, 16 Maret 2017. KABAR/Tio Laras"
        assert (article.source, article.city, article.author) == ("kabarsenja.id", "Muara Seni", None)
        assert article.id == "kabarsenja-20170418-air-sungai-seni-surut-warga-mulai-pulang"
        assert article.path == "kabar.txt"

    def test_the_body_is_the_articles_alone(self) -> None:
        """The body begins behind the dateline and holds neither links nor credits nor other stories."""
        assert parse(pages.SEED).body.split("\n\n") == [
            "Air Sungai Seni surut satu meter sejak semalam.",
            "Warga mulai membersihkan rumah dari lumpur.",
            '“Kami pulang setelah sepekan di balai desa," kata Wayan Sura.',
            "Petugas menutup pintu air pada malam hari.",
        ]

    def test_credits_are_split_on_bars(self) -> None:
        """Each agency and reporter is a credit."""
        assert parse(pages.SEED).credits == ("KABAR LAUT", "BERITA GUNUNG", "TIO LARAS")

    def test_related_stories_are_edges_in_page_order(self) -> None:
        """Editors' links come first, then the block with summaries and ages as printed."""
        linked = [
            RelatedStory("baca_juga", "Tanggul Seni Retak di Tiga Titik"),
            RelatedStory("baca_juga", "Dapur Umum Melayani 900 Orang"),
        ]
        listed = [RelatedStory("berita_terkait", title, None, text, age) for title, age, text in pages.ENTRIES]
        assert parse(pages.SEED).related == (*linked, *listed)

    @pytest.mark.parametrize("lines", [0, 1, 2, 5])
    def test_blank_lines_do_not_matter(self, lines: int) -> None:
        """The same page with other numbers of blank lines is the same article."""
        spaced = re.sub(r"\n+", "\n" * (lines + 1), pages.SEED)
        assert parse(spaced) == parse(pages.SEED)

    def test_line_ends_and_no_break_spaces_do_not_matter(self) -> None:
        """Windows line ends, a byte order mark and NBSP around every line change nothing."""
        dressed = "\ufeff" + "\r\n".join(f"\xa0 {line} \xa0" for line in pages.SEED.split("\n"))
        assert parse(dressed) == parse(pages.SEED)

    def test_a_name_after_reporter_is_the_author(self) -> None:
        """Below the label or on its line."""
        for label in ("Reporter\n\nNi Luh Sekar", "Reporter: Ni Luh Sekar"):
            article = parse(pages.SEED.replace("Reporter", label, 1))
            assert article.author == "Ni Luh Sekar"
            assert article.caption == parse(pages.SEED).caption

    def test_an_impossible_date_is_unknown(self) -> None:
        """The article is kept, without a date and without the date line as a caption."""
        article = parse(pages.SEED.replace("18 April 2017 16:19", "31 Februari 2017 16:19"))
        assert article.published is None
        assert article.date_certainty == "unknown"
        assert article.caption == parse(pages.SEED).caption

    def test_a_relative_date_of_the_page_itself_stays_text(self) -> None:
        """`2 jam lalu` below the title is kept as the age, and no date is made of it."""
        article = parse(pages.SEED.replace("Selasa, 18 April 2017 16:19 WITA", "2 jam lalu"))
        assert (article.published, article.age) == (None, "2 jam lalu")

    def test_a_page_may_be_cut_anywhere(self) -> None:
        """However much of the block is lost, the entries before the cut are whole and nothing is made up."""
        whole = parse(pages.SEED)
        start = pages.SEED.index("Berita terkait") + len("Berita terkait")
        known = {story.title: story for story in whole.related}
        for end in range(start, len(pages.SEED)):
            article = parse(pages.SEED[:end])
            assert article.body == whole.body
            *before, last = article.related
            assert tuple(before) == whole.related[: len(before)]
            full = known.get(last.title)
            if full is None:
                assert any(title.startswith(last.title) for title in known)
            else:
                assert full.summary.startswith(last.summary)
                assert last.age in (None, full.age)

    def test_missing_parts_of_entries(self) -> None:
        """An entry needs only its title: summary, age, button and second title may be missing."""
        block = (
            "Berita terkait\n\nSatu Perahu\n\n1 hari lalu\n\nSatu Perahu\n\nBaca Selengkapnya\n\n"
            "Dua Perahu\n\nDua Perahu\n\nDua buah perahu.\n\nBaca Selengkapnya\n\n"
            "Tiga Perahu\n\n3 minggu lalu\n\nTiga perahu berlayar.\n\n"
            "Empat Perahu\n\n4 tahun yang lalu\n\nEmpat Perahu\n\nIklan\n\n"
            "Lima Perahu\n\nkemarin\n\nLima Perahu"
        )
        listed = [(story.title, story.age, story.summary) for story in parse(f"Judul\n\nIsi.\n\n{block}").related]
        assert listed == [
            ("Satu Perahu", "1 hari lalu", ""),
            ("Dua Perahu", None, "Dua buah perahu."),
            ("Tiga Perahu", "3 minggu lalu", "Tiga perahu berlayar."),
            ("Empat Perahu", "4 tahun yang lalu", ""),
            ("Lima Perahu", "kemarin", ""),
        ]

    def test_a_block_without_its_heading_is_found(self) -> None:
        """Title, age and the title again give the block away."""
        assert parse(pages.SEED.replace("Berita terkait", "")) == parse(pages.SEED)

    def test_a_plain_list_of_links_ends_where_the_text_goes_on(self) -> None:
        """A box of titles in the middle of an article does not swallow the paragraphs below it."""
        text = "Judul\n\nParagraf pertama.\n\nBerita Terkait\n\nSatu Perahu\n\nDua Perahu\n\nParagraf kedua.\n"
        article = parse(text)
        assert titles(article, "berita_terkait") == ["Satu Perahu", "Dua Perahu"]
        assert article.body == "Paragraf pertama.\n\nParagraf kedua."


class TestOtherLayouts:
    """The layouts of other years."""

    def test_desktop_2018(self) -> None:
        """A date above the title is the day of the copy; the editor's name is no author."""
        article = parse(pages.DESKTOP_2018)
        assert article.title == "Harga Garam Teluk Rindang Naik Dua Kali Lipat"
        assert article.published is not None
        assert (str(article.published.date()), article.date_certainty) == ("2018-10-23", "inferred")
        assert article.author is None
        assert article.caption == "Petani garam mengangkut karung di Teluk Rindang, 21 April 2018. KABARA"
        assert titles(article, "baca_juga") == ["Petambak Garam Menunggu Kemarau"]
        assert article.body == (
            "Harga garam naik sejak awal bulan.\n\nNamun petambak mengaku tidak menikmati kenaikan itu."
        )

    def test_amp_2019(self) -> None:
        """The name between label and date is the author; a city in capitals is a dateline."""
        article = parse(pages.AMP_2019)
        assert (article.author, article.city, article.source) == ("Adi Prasna", "Rindang", None)
        assert article.published is not None
        assert article.published.isoformat() == "2019-12-09T12:55:00+07:00"
        assert article.body.split("\n\n") == [
            "Seribu porsi bubur dibagikan kepada peziarah pada Senin pagi.",
            "1. Bubur dimasak sejak subuh",
            "Peziarah antre dengan mangkuk dari rumah.",
        ]

    def test_amp_2019_without_dateline(self) -> None:
        """A caption is known by its credit where no dateline shows the end of the head."""
        article = parse(pages.AMP_2019.replace("RINDANG- ", ""))
        assert article.city is None
        assert article.caption == parse(pages.AMP_2019).caption
        assert article.body == parse(pages.AMP_2019).body

    def test_login_form_of_2023(self) -> None:
        """Fifteen lines of form before the title vanish; edges leave the sentences they stood in."""
        article = parse(pages.LOGIN_2023)
        assert article.title == "Festival Layang-layang Rindang Diikuti 300 Peserta"
        assert article.caption == "Layang-layang naga terbang di Pantai Rindang. KABAR/Tio Laras"
        assert article.body == "Festival itu tiga hari. Ia ramai."
        assert titles(article, "baca_juga") == [
            "Angin Timur (Lagi)",
            "Naga Kertas",
            "Layang-layang Pertama di Dunia",
        ]
        assert titles(article, "pilihan_editor") == ["Perajin Bambu Kehabisan Bambu"]

    def test_new_site_of_2024(self) -> None:
        """The channel above the title is the section; the lead above the date opens the body; slots vanish."""
        article = parse(pages.NEWSITE_2024)
        assert article.section == "Arsip"
        assert article.title == "Terpopuler: Kucing Penjaga Pasar hingga 12 Perahu Baru"
        assert article.caption.startswith("Kucing penjaga pasar tidur")
        assert "\n" not in article.caption
        assert article.published is not None
        assert article.published.isoformat() == "2021-10-13T07:21:00+07:00"
        assert article.body.split("\n\n") == [
            "Berita terpopuler kedua tentang perahu yang dicat oleh murid sekolah dasar.",
            "Kucing itu populer.",
            "Berikut kilasannya:",
            "1. Kucing itu bernama Timbang.",
        ]

    def test_one_line_of_2025(self) -> None:
        """`&nbsp;` is a blank, the editor's pick ends the line, and contributors are credited."""
        article = parse(pages.ONE_LINE_2025)
        assert article.body == "Ribuan burung singgah di sawah. Petani membiarkannya."
        assert titles(article, "pilihan_editor") == ["Musim Tanam Mundur Sebulan"]
        assert article.credits == ("Tio Laras",)

    def test_paywall(self) -> None:
        """What the paywall says is no part of the teaser."""
        article = parse(pages.PAYWALL)
        assert article.body == "Hari ini pasar apung genap setahun.\n\nSejumlah pedagang menilai janji belum terwu"

    def test_a_title_on_the_line_below_its_label(self) -> None:
        """`Baca Juga` alone announces the next line."""
        article = parse("Judul\n\nIsi pertama.\n\nBaca Juga:\n\nSatu Perahu\n\nIsi kedua.")
        assert titles(article, "baca_juga") == ["Satu Perahu"]
        assert article.body == "Isi pertama.\n\nIsi kedua."

    def test_a_byline_in_capitals_closes_the_text(self) -> None:
        """A last line of a name in capitals is a credit, a shout is not."""
        assert parse("Judul\n\nIsi.\n\nTIO LARAS").credits == ("TIO LARAS",)
        assert parse("Judul\n\nIsi.\n\nMERDEKA!").body == "Isi.\n\nMERDEKA!"

    def test_an_address_behind_a_linked_title_is_kept(self) -> None:
        """The URL goes to the edge, not into its title."""
        (story,) = parse("Judul\n\nIsi.\n\nBaca juga: Satu Perahu https://kabar.id/1").related
        assert (story.title, story.url) == ("Satu Perahu", "https://kabar.id/1")


class TestPlainText:
    """A text file that is no copied page."""

    def test_the_first_line_is_the_title(self) -> None:
        """The rest is the body; nothing else is known, and nothing is invented."""
        article = parse(pages.PLAIN)
        assert article.title == "Menanam Bakau di Teluk Rindang"
        assert article.body.split("\n\n") == [
            "Anak-anak menanam bakau setiap Ahad.",
            "Setiap bibit diberi nama.",
            "Sepuluh tahun lagi teluk itu rimbun.",
        ]
        assert (article.published, article.source, article.related) == (None, None, ())

    def test_wrapped_lines_are_one_paragraph(self) -> None:
        """A text wrapped at a fixed width gets its paragraphs back, a list keeps its lines."""
        article = parse("Judul\n\nAnak-anak menanam bakau di tepi\nteluk setiap Ahad.\n\n1. Satu\n2. Dua")
        assert article.body == "Anak-anak menanam bakau di tepi teluk setiap Ahad.\n\n1. Satu\n\n2. Dua"

    @pytest.mark.parametrize(
        "title",
        [
            "Terungkap! " + "Perahu " * 14 + "Baru",
            "Perahu " * 15 + "Tapi...",
            "Kolom",
            "Kata Ia. Perahu Baru",
        ],
    )
    def test_titles_of_many_kinds(self, title: str) -> None:
        """A title may be long, shout, trail off, or be the name of a channel."""
        assert parse(f"{title}\n\n{'Kalimat ini panjang sekali. ' * 9}").title == title

    def test_a_first_paragraph_is_no_caption(self) -> None:
        """A sentence that ends in the name of a service is not the credit of a photo."""
        article = parse("Judul\n\nIa menulis di Instagram.\n\nKabar itu dari ANTARA\n\nIsi.")
        assert (article.caption, article.body.count("\n\n")) == ("", 2)

    def test_a_title_is_enough(self) -> None:
        """A file with one line is an article with an empty body."""
        assert parse("Judul saja").body == ""

    def test_a_dateline_far_below_is_text(self) -> None:
        """Paragraphs are not taken for captions because one of them looks like a dateline."""
        long = "Kalimat ini panjang sekali dan berulang. " * 20
        article = parse(f"Judul\n\n{long}\n\nKABAR.ID, Solo - Isi.")
        assert article.source is None
        assert article.body.startswith("Kalimat ini")


class TestRefusals:
    """What is no article is refused with its place."""

    @pytest.mark.parametrize("text", ["", " \n\xa0\n", "Iklan\n\nimage-gnews\n", "...", "\0"])
    def test_nothing_to_read(self, text: str) -> None:
        """A page of blank lines and furniture has no text."""
        with pytest.raises(CorpusError, match=r"kabar\.txt: there is no text in it"):
            parse(text)

    @pytest.mark.parametrize("text", ["KABAR.ID, Solo - Isi.", "Kata demi kata mengalir. " * 10])
    def test_no_title(self, text: str) -> None:
        """A text that starts with a paragraph has no title, and the message names the line."""
        with pytest.raises(CorpusError, match=r"kabar\.txt:3: the text starts without a title"):
            parse("Iklan\n\n" + text)

    def test_only_labels(self) -> None:
        """Dates and labels are no title."""
        with pytest.raises(CorpusError, match=r"kabar\.txt:1: there is no title"):
            parse("Reporter\n\n18 April 2017")


LINES = st.sampled_from(sorted({line for page in pages.LAYOUTS.values() for line in page.splitlines()}))
PIECES = LINES | st.text() | st.text("abc (Baca juga: |)-.\n\xa0") | st.sampled_from(["", "\n", "Baca:", "(Baca: x)"])
PAGES = st.lists(PIECES, max_size=25).map("\n".join) | st.text()


@pytest.mark.parametrize(
    "line",
    [
        "Simak Video 'Kapal Buku Berlabuh di Teluk':",
        "Simak juga Video Kapal Buku Berlabuh di Teluk",
        "Saksikan Video Pilihan di Bawah Ini:",
        "Halaman 1 2 3 Selanjutnya",
        "Simak selengkapnya di halaman selanjutnya.",
        "Follow Berita Kabar di Google News",
        "(*) Gabung channel WhatsApp kami untuk berita terbaru",
        "ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT",
        "#kapal #buku",
    ],
)
def test_videos_pages_and_invitations_are_furniture(line: str) -> None:
    """As they stand on the pages of today."""
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Lihat Video Detik-detik Kapal Buku Berlabuh",
        "Simak video itu, nakhoda memeriksa tiga peti buku.",
        "Cek Fakta: Pesan Berantai WhatsApp soal Kapal Buku",
        "Bergabung di grup Telegram, warga ini tertipu jutaan rupiah.",
        "Simak, Cara Membuat Channel WhatsApp di Ponsel",
        "Ikuti jejak ibunya, ia menjadi nakhoda di teluk itu.",
        "Dapatkan Informasi Jadwal Kapal di Dermaga",
        "Halaman rumahnya terendam air laut",
        "#KapalBuku",
    ],
)
def test_titles_and_sentences_that_begin_alike_are_none(line: str) -> None:
    """What is read as furniture is lost: better a button in a text than a title or a sentence gone."""
    assert not is_furniture(line)


@given(PAGES)
def test_any_text_is_an_article_or_refused(text: str) -> None:
    """No text makes the parser fail otherwise; what it gives is UTF-8 and free of furniture and edges."""
    try:
        article = parse(text)
    except CorpusError:
        return
    for paragraph in filter(None, article.body.split("\n\n")):
        assert not is_furniture(paragraph)
        assert not is_edge_line(paragraph)
        assert paragraph == paragraph.strip()
    for story in article.related:
        assert story.title.strip()
    repr(article).encode()
    "".join([article.id, article.title, article.body, article.caption, *article.credits]).encode()


@pytest.mark.parametrize("layout", sorted(pages.LAYOUTS))
def test_reading_twice_gives_the_same_article(layout: str) -> None:
    """Parsing is a function of the text and the path."""
    assert parse(pages.LAYOUTS[layout]) == parse(pages.LAYOUTS[layout])


@pytest.mark.parametrize(
    "hostile",
    [
        "(Baca: " * 100_000,
        " " * 2_000_000 + "x",
        "(baca: a" + "()" * 200_000,
        "A. " * 300_000,
        "x\n" * 100_000,
    ],
    ids=["brackets", "blanks", "pairs", "names", "lines"],
)
def test_hostile_text_costs_linear_time(hostile: str) -> None:
    """Text made to trip a pattern is read in a moment (the test run would hang otherwise)."""
    assert parse(f"Judul\n\nKABAR.ID, Solo - {hostile} akhir.\n").title == "Judul"
