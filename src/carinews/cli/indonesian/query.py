"""What is said of a query."""

from __future__ import annotations

SENTENCES = {
    # the query language
    "there is no field {name!r} (at {place}); the fields are {known}. "
    "To search for the words, put a space behind the colon": (
        "tidak ada bidang {name!r} (di posisi {place}); yang ada: {known}. "
        "Untuk mencari katanya, beri spasi sesudah titik dua"
    ),
    "{value!r} (at {place}) is no date: write 2017-04, april-2017, 2016..2018, >=2019, kemarin or 7-hari": (
        "{value!r} (di posisi {place}) bukan tanggal: "
        "tulis 2017-04, april-2017, 2016..2018, >=2019, kemarin, atau 7-hari"
    ),
    "there is no kind {value!r} (at {place}); the kinds are {known}": (
        "tidak ada jenis {value!r} (di posisi {place}); yang ada: {known}"
    ),
    "the query has {length} characters, and {most} is the most; shorten it": (
        "kueri terdiri dari {length} karakter, paling banyak {most}; persingkatlah"
    ),
    "the query has more than {most} words; leave some out": "kueri lebih dari {most} kata; kurangilah",
    "parentheses are nested more than {most} deep; take some away": (
        "tanda kurung bertingkat lebih dari {most}; kurangilah"
    ),
    "no word to search for in {text!r}": "tidak ada kata yang dicari dalam {text!r}",
    "the quote at {place} is never closed; what follows was read as words": (
        "petik di posisi {place} tidak ditutup; selanjutnya dibaca sebagai kata"
    ),
    "the '(' at {place} is never closed": "'(' di posisi {place} tidak ditutup",
    "the ')' at {place} closes nothing and was left out": "')' di posisi {place} tidak menutup apa-apa dan diabaikan",
    "the {sign!r} at {place} was left out; put it before the field or the word": (
        "{sign!r} di posisi {place} diabaikan; taruh di depan bidang atau kata"
    ),
    "{word} at {place} joins nothing and was read as a word": (
        "{word} di posisi {place} tidak menghubungkan apa-apa dan dibaca sebagai kata"
    ),
    "{word} at {place} wants words on both sides and was read as AND": (
        "{word} di posisi {place} perlu kata di kedua sisinya dan dibaca sebagai DAN"
    ),
    "{pattern!r} may be any word: write {least} letters at least before a *, one before a ?": (
        "{pattern!r} dapat berarti kata apa pun: tulis sedikitnya {least} huruf sebelum *, satu sebelum ?"
    ),
    "{pattern!r} stands for {number:,} words, and {most:,} is the most; write more letters": (
        "{pattern!r} mewakili {number:,} kata, paling banyak {most:,}; tulis lebih banyak huruf"
    ),
    "{distance} edits from {form!r}: {most} is the most": "beda {distance} huruf dari {form!r}: paling banyak {most}",
    "a {kind} stands nowhere in a text: near, before and the like need words": (
        "{kind} tidak punya tempat dalam teks: DEKAT dan sejenisnya memerlukan kata"
    ),
}
