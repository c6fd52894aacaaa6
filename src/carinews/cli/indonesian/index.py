"""What is said of an index: how it is built, and what is wrong with it."""

from __future__ import annotations

SENTENCES = {
    # an index
    "indexing": "mengindeks",
    "{articles} from {files}": "{articles} dari {files}",
    "{files} unchanged": "{files} tidak berubah",
    "{files} gone": "{files} hilang",
    "{articles} as before": "{articles} tidak berubah",
    "{articles} in two files (the later path counts)": "{articles} ada di dua berkas (yang terakhir berlaku)",
    "{inputs} refused": "{inputs} ditolak",
    "{parts}; {documents} in {folder}, {seconds:.1f} s": "{parts}; {documents} di {folder}, {seconds:.1f} dtk",
    "no index at {folder} yet: building it from {corpus}": "belum ada indeks di {folder}: dibuat dari {corpus}",
    "no Whoosh index at {folder} yet: building it from {corpus} (slow)": (
        "belum ada indeks Whoosh di {folder}: dibuat dari {corpus} (lambat)"
    ),
    "left out {files} of the old index outside of the corpus: 'carinews index {first}'": (
        "{files} dari indeks lama di luar korpus tidak ikut: 'carinews index {first}'"
    ),
    "there is no such file or folder to index": "tidak ada berkas atau folder seperti itu untuk diindeks",
    "to follow a folder, install the extra: pip install 'carinews[watch]'": (
        "untuk mengikuti folder, pasang tambahannya: pip install 'carinews[watch]'"
    ),
    "following {places}; Ctrl-C ends it": "mengikuti {places}; Ctrl-C mengakhirinya",
    "there is no index at {folder} and no corpus at {corpus}: put articles there, or name their folder with --corpus": (
        "tidak ada indeks di {folder} dan tidak ada korpus di {corpus}: "
        "taruh artikel di sana, atau sebutkan foldernya dengan --corpus"
    ),
    # what is wrong with an index
    "{folder}: no index here; build one with 'carinews index'": (
        "{folder}: tidak ada indeks di sini; buatlah dengan 'carinews index'"
    ),
    "{folder}: not the folder of an index": "{folder}: bukan folder indeks",
    "{path}: no Whoosh index here; build one with WhooshEngine.build": (
        "{path}: tidak ada indeks Whoosh di sini; buatlah dengan WhooshEngine.build"
    ),
    "{path}: made by an older carinews; build it again with WhooshEngine.build": (
        "{path}: dibuat oleh carinews yang lebih lama; buat ulang dengan WhooshEngine.build"
    ),
    "{folder}: being written by {holder}; wait for it, then try again": (
        "{folder}: sedang ditulis oleh {holder}; tunggu sampai selesai, lalu coba lagi"
    ),
    "process {pid} since {since}": "proses {pid} sejak {since}",
    "another process": "proses lain",
    "{file}: damaged; make the index again with 'carinews rebuild'": (
        "{file}: rusak; buat ulang indeks dengan 'carinews rebuild'"
    ),
    "{file}: cannot be read ({error}); run 'carinews rebuild'": (
        "{file}: tidak dapat dibaca ({error}); jalankan 'carinews rebuild'"
    ),
    "{file}: not what was written; run 'carinews rebuild'": (
        "{file}: isinya bukan yang ditulis dahulu; jalankan 'carinews rebuild'"
    ),
    "{file}: not what an index keeps there; run 'carinews rebuild'": (
        "{file}: isinya bukan yang semestinya; jalankan 'carinews rebuild'"
    ),
    "{file}: {what}; make the index again with 'carinews rebuild'": (
        "{file}: {what}; buat ulang indeks dengan 'carinews rebuild'"
    ),
    "cannot be read": "tidak dapat dibaca",
    "holds {size:,} bytes, not {wanted:,}": "berisi {size:,} bita, bukan {wanted:,}",
    "its table of contents cannot be read": "daftar isinya tidak dapat dibaca",
    "its table of contents is not what was written": "daftar isinya bukan yang ditulis dahulu",
    "its table of contents makes no sense": "daftar isinya tidak masuk akal",
    "it has no array {name!r}": "tidak ada larik {name!r} di dalamnya",
    "page {page} is not what was written": "halaman {page} bukan yang ditulis dahulu",
    "{file}: an index of format {theirs}, and this carinews reads format {ours}; "
    "make it again with 'carinews rebuild'": (
        "{file}: indeks berformat {theirs}, sedangkan carinews ini membaca format {ours}; "
        "buat ulang dengan 'carinews rebuild'"
    ),
    "{file}: made by analysis {theirs!r}, and this carinews analyses as {ours!r}; "
    "make it again with 'carinews rebuild'": (
        "{file}: dibuat dengan analisis {theirs!r}, sedangkan carinews ini memakai {ours!r}; "
        "buat ulang dengan 'carinews rebuild'"
    ),
    "{folder}: made with other word lists than those given now; "
    "make it again with 'carinews rebuild', or leave the lexicon as it was": (
        "{folder}: dibuat dengan daftar kata lain daripada yang diberikan sekarang; "
        "buat ulang dengan 'carinews rebuild', atau pakai daftar kata yang lama"
    ),
    "{folder}: this writer is closed; open another with Index.writer": (
        "{folder}: penulis ini sudah ditutup; buka yang lain dengan Index.writer"
    ),
    "{file}: the process that built it ended early (status {status}); "
    "is there memory enough? One process at a time needs least: --workers 1": (
        "{file}: proses yang membuatnya berhenti sebelum selesai (status {status}); "
        "cukupkah memorinya? Satu proses saja paling hemat: --workers 1"
    ),
    # the engines
    "there is no engine {engine!r}; the engines are 'local' and 'whoosh'": (
        "tidak ada mesin {engine!r}; yang ada: 'local' dan 'whoosh'"
    ),
    "only the local engine knows what points at an article": "hanya mesin local yang tahu apa yang menautkan artikel",
    "only the local engine tells what is alike": "hanya mesin local yang dapat mencari artikel serupa",
    "only the local engine completes a word": "hanya mesin local yang dapat melengkapi kata",
    "only the local engine explains its scores": "hanya mesin local yang dapat menjelaskan skor",
    "only the local engine counts the forms of a word": "hanya mesin local yang dapat menghitung bentuk sebuah kata",
    "only the local engine counts what it holds": "hanya mesin local yang dapat menghitung isinya",
    "a plain Whoosh index does not weigh what is new: ask the local engine": (
        "indeks Whoosh biasa tidak menimbang kebaruan: pakai mesin local"
    ),
    # word lists
    "{place}: no list of a lexicon; the lists are {known}": "{place}: bukan daftar kata leksikon; yang ada: {known}",
    "{path}: cannot read the lexicon ({why})": "{path}: leksikon tidak dapat dibaca ({why})",
    "{path}: not UTF-8 at byte {place}; save it as UTF-8": (
        "{path}: bukan UTF-8 pada bita ke-{place}; simpanlah sebagai UTF-8"
    ),
    "{path}:{line}: want {wanted}, found {found!r}": "{path}:{line}: seharusnya {wanted}, tetapi tertulis {found!r}",
    "a word, a tab and its stem": "sebuah kata, tab, dan akarnya",
    "a name of one word": "nama satu kata",
    "a root of one word": "akar satu kata",
    "a name of one word with its capitals": "nama satu kata dengan huruf besarnya",
    "a kind ({kinds}), a direction ({directions}) and forms parted by commas": (
        "jenis ({kinds}), arah ({directions}), dan bentuk-bentuk yang dipisahkan koma"
    ),
    "PySastrawi, which holds the dictionary of roots, is missing: {remedy}": (
        "PySastrawi, yang memuat kamus kata dasar, belum terpasang: {remedy}"
    ),
    "{path}: cannot read the dictionary of roots ({error}): {remedy}": (
        "{path}: kamus kata dasar tidak dapat dibaca ({error}): {remedy}"
    ),
}
