"""What is said of settings and of wrong usage, by us and by click."""

from __future__ import annotations

SENTENCES = {
    # settings
    "{file}: cannot be read: {error}": "{file}: tidak dapat dibaca: {error}",
    "{file}: there is no setting {name!r}; there are {known}": "{file}: tidak ada setelan {name!r}; yang ada: {known}",
    '{file}: {name} is a text, so write it in quotes: {name} = "{value}"': (
        '{file}: {name} adalah teks, tulis dalam petik: {name} = "{value}"'
    ),
    "{file}: [{name}] is a table of texts": "{file}: [{name}] adalah tabel berisi teks",
    # wrong usage
    "there is no option {option}": "tidak ada opsi {option}",
    "there is no option {option}; did you mean {near}?": "tidak ada opsi {option}; maksud Anda {near}?",
    "there is no option {option}; a query that begins with - goes behind --: carinews search -- '-word'": (
        "tidak ada opsi {option}; kueri yang diawali - ditulis sesudah --: carinews search -- '-kata'"
    ),
    "{name} is missing": "{name} belum diisi",
    "there is no command {name!r}; did you mean {near!r}?": "tidak ada perintah {name!r}; maksud Anda {near!r}?",
    "there is no command {name!r}; to search: carinews search {query!r}": (
        "tidak ada perintah {name!r}; untuk mencari: carinews search {query!r}"
    ),
    "See '{command} --help'.": "Lihat '{command} --help'.",
    "there is no help on {topic!r}; there is on {known}": "tidak ada bantuan untuk {topic!r}; yang ada: {known}",
    "--page and --offset say the same thing: give one of them": "--page dan --offset berarti sama: pakai salah satu",
    "the query is empty: name a word to search for": "kueri kosong: sebutkan kata yang dicari",
    "{given!r} is no date: write 2017, 2017-04, 2017-04-18, kemarin or 7-hari": (
        "{given!r} bukan tanggal: tulis 2017, 2017-04, 2017-04-18, kemarin, atau 7-hari"
    ),
    "{given!r} is no length of time: write 30d, 30-hari, 8w, 6-bulan or 1y": (
        "{given!r} bukan jangka waktu: tulis 30d, 30-hari, 8w, 6-bulan, atau 1y"
    ),
    # what click says: complaints and words of help
    "Invalid value for {name}: {reason}": "nilai {name} tidak berlaku: {reason}",
    "{value} is not in the range {range}.": "{value} tidak memenuhi {range}",
    "{value} is not a valid integer range.": "{value} bukan bilangan bulat",
    "{value} is not one of {choices}.": "{value} bukan salah satu dari {choices}",
    "Path {value} does not exist.": "tidak ada berkas atau folder {value}",
    "File {value} is a directory.": "{value} adalah folder, bukan berkas",
    "Option {name} requires an argument.": "opsi {name} perlu nilai di belakangnya",
    "Option {name} does not take a value.": "opsi {name} tidak memakai nilai",
    "Got unexpected extra argument ({values})": "ada argumen yang berlebih: {values}",
    "Got unexpected extra arguments ({values})": "ada argumen yang berlebih: {values}",
    "Usage: ": "Pemakaian: ",
    "Options": "Opsi",
    "Commands": "Perintah",
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "Show the version and exit.": "Tampilkan versi.",
    "default: ": "bawaan: ",
    "[OPTIONS]": "[OPSI]",
    "COMMAND": "PERINTAH",
    "[ARGS]...": "[ARGUMEN]...",
    "DATE": "TANGGAL",
    "TIME": "WAKTU",
    "NAME": "NAMA",
    "REASON": "ALASAN",
    "DAY|auto": "HARI|auto",
    "OURS=THEIRS": "KAMI=MEREKA",
}
