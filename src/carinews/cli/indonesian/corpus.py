"""What is said of files and records, and of the day on which pages were copied."""

from __future__ import annotations

SENTENCES = {
    # the day of the copy
    "--as-of {day!r} is no day: write 2024-05-06, or auto": "--as-of {day!r} bukan hari: tulis 2024-05-06, atau auto",
    "the day on which the pages were copied: {day} (from {stories} stories)": (
        "hari penyalinan halaman: {day} (menurut {stories} berita)"
    ),
    "the day on which the pages were copied cannot be told; ages stay ages": (
        "hari penyalinan halaman tidak dapat ditentukan; umur berita tetap umur"
    ),
    '{ages} known as an age only ("11 hari lalu"): --as-of names the day of the copy': (
        '{ages} hanya diketahui umurnya ("11 hari lalu"): --as-of menyebut hari penyalinan'
    ),
    # reading a file to see what is understood
    "there is more in it; --all shows everything, -n {number} more of it": (
        "masih ada isinya; --all menampilkan semua, -n {number} lebih banyak"
    ),
    "there is no such file or folder to read": "tidak ada berkas atau folder seperti itu untuk dibaca",
    "{place}: {reason}": "{place}: {reason}",
    "id": "id",
    "url": "url",
    "age": "umur",
    "byline": "penulis",
    "caption": "takarir",
    "credits": "kredit",
    "link": "tautan",
    "exact": "pasti",
    "relative": "dari umur",
    "inferred": "perkiraan",
    # what is wrong with a file
    "the file is empty": "berkasnya kosong",
    "cannot be read: {error}": "tidak dapat dibaca: {error}",
    "there is no such file or folder that can be read; name the corpus with --corpus": (
        "tidak ada berkas atau folder yang dapat dibaca; sebutkan korpus dengan --corpus"
    ),
    "no file of a kind that carinews reads is there": "tidak ada berkas dari jenis yang dibaca carinews",
    "not a kind of file that is read; those are {kinds}": "bukan jenis berkas yang dibaca; yang dibaca: {kinds}",
    "not a regular file; it is not opened": "bukan berkas biasa; tidak dibuka",
    "the folder cannot be listed: {error}": "isi folder tidak dapat dilihat: {error}",
    "larger than {most} MiB; split it, or make it a .jsonl file, which is read line by line": (
        "lebih dari {most} MiB; bagilah, atau jadikan berkas .jsonl, yang dibaca baris demi baris"
    ),
    "a line of more than {most} MiB: given up": "baris lebih dari {most} MiB: tidak dilanjutkan",
    "it unpacks to more than {ratio} times its size: given up": (
        "isinya lebih dari {ratio} kali ukurannya: tidak dilanjutkan"
    ),
    "not {encoding}: byte {place} is {byte}; save it as UTF-8": (
        "bukan {encoding}: bita ke-{place} adalah {byte}; simpanlah sebagai UTF-8"
    ),
    "there is no text in it; an article needs a title and a body": (
        "tidak ada teks di dalamnya; artikel memerlukan judul dan isi"
    ),
    "there is no title in it, only dates and labels": "tidak ada judul di dalamnya, hanya tanggal dan label",
    "the text starts without a title; put one on a line before it": (
        "teks dimulai tanpa judul; taruh judul di baris sebelumnya"
    ),
    "the date {date!r} was not understood; the article is kept without one": (
        "tanggal {date!r} tidak dipahami; artikel disimpan tanpa tanggal"
    ),
    "not CSV: {error}": "bukan CSV: {error}",
    "no column is named {title!r}; the first line must name the columns": (
        "tidak ada kolom bernama {title!r}; baris pertama harus menyebut nama kolom"
    ),
    "the record has no title": "rekaman ini tanpa judul",
    "{reason}; its parts are called {names}: name the title's with --field title=NAME": (
        "{reason}; bagiannya bernama {names}: sebutkan nama judulnya dengan --field title=NAMA"
    ),
    "the row has {cells} cells and the header {keys}": "baris ini berisi {cells} sel, kepala tabel {keys}",
    "'related' is no JSON list ({reason})": "'related' bukan daftar JSON ({reason})",
    "not JSON: {error} at column {column}": "bukan JSON: {error} di kolom {column}",
    "{reason}; what follows is lost": "{reason}; selanjutnya tidak terbaca",
    "not JSON that can be read: {error}": "bukan JSON yang dapat dibaca: {error}",
    "to read feeds, install the extra: pip install 'carinews[feeds]'": (
        "untuk membaca umpan, pasang tambahannya: pip install 'carinews[feeds]'"
    ),
    "neither RSS nor Atom: of XML only feeds are read": "bukan RSS atau Atom: dari XML hanya umpan yang dibaca",
    "the feed has no entries": "umpan ini tanpa berita",
    "the feed is damaged ({damage}); entries may be missing": "umpan ini rusak ({damage}); mungkin ada yang hilang",
    "the entry has no title": "berita ini tanpa judul",
    "to read web archives, install the extra: pip install 'carinews[warc]'": (
        "untuk membaca arsip web, pasang tambahannya: pip install 'carinews[warc]'"
    ),
    "the archive is damaged: {error}": "arsip ini rusak: {error}",
    "there is no record in the archive": "tidak ada rekaman dalam arsip ini",
    "{pages:,} pages of the archive are no articles and were passed over": (
        "{pages:,} halaman arsip bukan artikel dan dilewati"
    ),
    "the page is larger than {most} MiB": "halaman lebih dari {most} MiB",
    "to read pages in HTML, install the extra: pip install 'carinews[html]'": (
        "untuk membaca halaman HTML, pasang tambahannya: pip install 'carinews[html]'"
    ),
    "there is no page in it: not one element of HTML": "tidak ada halaman di dalamnya: tanpa satu pun elemen HTML",
    "there is no title in it: neither a heading nor a <title>": (
        "tidak ada judul di dalamnya: tanpa kepala atau <title>"
    ),
    "no text was found below the title; the page is kept without one": (
        "tidak ada teks di bawah judul; halaman disimpan tanpa teks"
    ),
    "it is cut short": "berkas terpotong",
    "the line is longer than {most} MiB": "barisnya lebih dari {most} MiB",
    "not UTF-8: byte {place} of the line is {byte}": "bukan UTF-8: bita ke-{place} pada baris ini adalah {byte}",
    "not the {encoding} it says it is": "tidak seluruhnya {encoding} seperti awalnya",
    "{number:,} more inputs of this file are refused": "{number:,} masukan lain dari berkas ini ditolak",
    "the field {option!r} is not understood: write OURS=THEIRS, such as title=judul, where OURS is one of {known}": (
        "bidang {option!r} tidak dipahami: tulis KAMI=MEREKA, misalnya title=judul, dengan KAMI salah satu dari {known}"
    ),
    # what is wrong with a record
    "a record must be an object, and this is {type}": "rekaman harus berupa objek, sedangkan ini {type}",
    "{key!r} must be text, and it is {type}": "{key!r} harus berupa teks, sedangkan ini {type}",
    "{key!r} must be one of {choices}, and it is {value!r}": (
        "{key!r} harus salah satu dari {choices}, sedangkan ini {value!r}"
    ),
    "'related' must be a list, and it is {type}": "'related' harus berupa daftar, sedangkan ini {type}",
    "'related' must hold titles or objects, and it holds {type}": (
        "'related' harus memuat judul atau objek, sedangkan ini memuat {type}"
    ),
    "a story in 'related' has no title": "sebuah berita dalam 'related' tanpa judul",
    "an object": "objek",
    "a list": "daftar",
    "a truth value": "nilai benar atau salah",
    "a number": "bilangan",
    "null": "null",
}
