"""The furniture of a news page: what surrounds the article and is no part of it.

The phrases were met in copies of Tempo pages from 2014 to 2025 and on the pages of other sites up to today: the login
form, the font buttons, advertisement slots, image labels, the paywall, videos, the pages of an article, invitations to
a channel. Each must fill a line to count as furniture; the one that also gets glued to a paragraph is cut out by
`without_glued_ads`. Of the 338,843 lines of 50,721 articles that passed for text 303 are of the last three kinds,
and none of these belongs to a text.
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
    (?:advertisement\s+)?scroll (?:untuk (?:melanjutkan(?: membaca)?|membaca)|to continue(?: with content)?)
    scroll (?:ke bawah|down) untuk melanjutkan.*
    loading\W*|hide ads
    \[gambas:.*\]
    # pictures
    image-gnews|perbesar|image of tempo
    # the end of a page
    (?:copyright|hak cipta)\s?(?:©|\(c\)).{0,60}|©\s?[0-9]{4}.{0,80}|all rights reserved\.?
    dilarang (?:keras )?(?:mengambil|menyalin|mengutip).{0,180}
    # videos
    (?:simak|lihat|tonton|saksikan) juga video\b[^.!?:]{0,150}[.:]?|(?:simak|lihat|tonton) video:[^.!?]{0,150}
    (?:simak|lihat|tonton|saksikan) video\s?["“”‘’'][^.!?]{0,150}
    (?:simak|lihat|tonton|saksikan) video\b[^.!?:]{0,150}(?::|\b(?:berikut|bawah)(?: ini)?[.:]?)
    video pilihan(?: hari ini)?\W*
    # the pages of an article
    halaman\s?:?(?:[\s|]*+[0-9]++)*+\s?(?:show all|(?:lihat|tampilkan) semua|selanjutnya|berikutnya)?\W*
    [0-9]+ dari [0-9]+ halaman
    (?:(?:baca|simak|lihat|buka|lanjut\w*)\b.{0,40} )?(?:di )?halaman (?:selanjutnya|berikutnya)
        (?:(?:\W|source).{0,60})?
    # invitations: to a channel, to write in, to read on
    \W*(?:yuk,? )?(?:gabung|bergabung|join|ikuti|follow|dapatkan|simak|cek|pantau|selalu update)\b
        (?=.*\b(?:google\snews|(?:channel|kanal|saluran)\s(?:whats\s?app|wa|telegram)|(?:whats\s?app|wa)\schannel)\b)
        (?=.*(?:\bklik\b|\bkami\b|\bberita\b|breaking\snews|\.com\b|\.co\b|\.id\b|https?:)).{0,450}
    dapatkan (?:update )?(?:berita|breaking news|informasi|artikel)\b.{0,300}
        (?:setiap hari|hanya dengan satu akun|klik (?:link|di)|langganan).{0,200}
    \W*fakta atau hoaks\?.{0,100}whatsapp.{0,150}
    baca juga\s?:.{0,150}\bklik di ?sini\.?
    tags?\s?:.{0,150}|\#\w+(?:[\s,]+\#\w+)+
    # buttons and labels
    rekomendasi untuk anda\W*
    bagikan (?:ini|artikel ini|berita ini)\s?:?|(?:salin|copy) link|waktu baca:? [0-9]+ menit
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
_ROWS = [row.strip() for row in re.sub(r"\n\s{8,}", "", _PHRASES).splitlines()]
_FURNITURE = re.compile("|".join(row for row in _ROWS if row and not row.startswith("#")), re.IGNORECASE)
_LONGEST = 500  # characters: the longest invitation that was met has 300
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
    return len(line) <= _LONGEST and _FURNITURE.fullmatch(line) is not None


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
