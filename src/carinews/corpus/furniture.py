"""The furniture of a news page: what surrounds the article and is no part of it.

The phrases were met in copies of Tempo pages from 2014 to 2025: the login form, the font buttons,
advertisement slots, image labels, the paywall. Each must fill a line to count as furniture; the
one that also gets glued to a paragraph is cut out by `without_glued_ads`.
"""

from __future__ import annotations

import re

_PHRASES = r"""
    # the login form of the 2023 pages
    lupa kata sandi\?? klik di ?sini
    atau (?:masuk|daftar) (?:melalui|dengan)
    (?:belum|sudah) memiliki akun\??(?: (?:daftar|masuk) di ?sini)?
    (?:daftar|masuk) di ?sini
    konfirmasi email
    kami telah mengirimkan link aktivasi.*
    klik link aktivasi dan dapatkan akses.*
    jika anda tidak menerima email,?(?: kirimkan lagi sekarang)?
    kirimkan lagi sekarang
    (?:ulangi )?kata sandi
    # labels whose value, if any, stands on the next line
    (?:reporter|editor|penulis|pewarta)\s?:?
    # font buttons
    (?:ukuran )?font\s?:?(?:\s?-\s?\+)?
    # advertisements
    iklan|advertising|advertisement|advertorial
    baca beri?ta dengan sedikit iklan,? klik di ?sini\.?
    slot[-_]iklan\S*
    scroll (?:untuk melanjutkan(?: membaca)?|to continue(?: with content)?|ke bawah untuk melanjutkan.*)
    \[gambas:.*\]
    # pictures
    image-gnews|perbesar|image of tempo
    # the end of a page
    (?:copyright|hak cipta)\s?(?:©|\(c\)).{0,60}|©\s?[0-9]{4}.{0,80}|all rights reserved\.?
    dilarang (?:keras )?(?:mengambil|menyalin|mengutip).{0,180}
    # buttons
    load more\W*|(?:baca )?halaman selanjutnya\W*|lihat foto|zoom
    baca selengkapnya|selengkapnya|selanjutnya|bagikan|share|komentar
    # the paywall
    berlangganan untuk lanjutkan membaca\.?
    kami mengemas berita, dengan cerita\.?
    manfaat berlangganan tempo digital\?.*
    (?:-\s*)?akses edisi mingguan dari tahun 1971
    (?:-\s*)?akses penuh seluruh artikel tempo\+?
    (?:-\s*)?baca dengan lebih sedikit gangguan iklan
    (?:-\s*)?fitur baca cepat di edisi mingguan
    (?:-\s*)?anda mendukung independensi jurnalisme tempo
"""
_ROWS = [row.strip() for row in _PHRASES.splitlines()]
_FURNITURE = re.compile("|".join(row for row in _ROWS if row and not row.startswith("#")), re.IGNORECASE)
_GLUED_AD = re.compile(r"\s{0,3}baca beri?ta dengan sedikit iklan,? klik di ?sini\.?\s{0,3}", re.IGNORECASE)
_READ_MORE = re.compile(r"baca selengkapnya\.?", re.IGNORECASE)
_PHOTO_CREDIT = re.compile(
    r"(?:^|[.,!?)\]”\"]\s?|\()(?:[A-Z][A-Z .-]{1,25}/\s?[^\s.][^.]{0,40}\.?"
    r"|(?:ANTARA(?: FOTO)?|REUTERS|AFP|AP|EPA|XINHUA|TEMPO|Antara|Reuters|Tempo|Istimewa)\)?\.?"
    r"|\(?(?:Dok\b\s?[.:/]|(?:Foto|Sumber|Instagram|Twitter|YouTube|Facebook)\b\s?[:/@])[^.]{0,60})$"
)
_BULLET = re.compile(r"^(?:[•●▪■·*]\s*)+")


def is_furniture(line: str) -> bool:
    """Whether a trimmed line belongs to the page and not to its article.

    A line without a single letter or digit ("...", "- +", "***") does.
    """
    line = without_bullet(line)
    if not any(letter.isalnum() for letter in line):
        return True
    return len(line) <= 200 and _FURNITURE.fullmatch(line) is not None


def is_read_more(line: str) -> bool:
    """Whether a line is the button that ends an entry of related stories."""
    return _READ_MORE.fullmatch(line) is not None


def without_bullet(line: str) -> str:
    """The line without list bullets in front: copied menus and captions carry them."""
    return _BULLET.sub("", line)


def without_glued_ads(paragraph: str) -> str:
    """The paragraph without advertisement notices that were glued to its text."""
    return _GLUED_AD.sub(" ", paragraph).strip() if "iklan" in paragraph.lower() else paragraph


def is_photo_credit(line: str) -> bool:
    """Whether a line ends as a caption does: in an agency, or in an agency and the name of its photographer."""
    return _PHOTO_CREDIT.search(line) is not None
