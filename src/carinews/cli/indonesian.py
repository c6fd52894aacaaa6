"""The Indonesian of all that the command line says: sentences by their English pattern, help by command.

`tests/cli/test_messages.py` holds the table to what is said: no sentence is missing, none is left over.
"""

from __future__ import annotations

SENTENCES = {
    # things and their numbers
    "{number:,} {thing}": "{number:,} {thing}",
    "hit": "hasil",
    "hits": "hasil",
    "article": "artikel",
    "articles": "artikel",
    "file": "berkas",
    "files": "berkas",
    "document": "dokumen",
    "documents": "dokumen",
    "date": "tanggal",
    "dates": "tanggal",
    "input": "masukan",
    "inputs": "masukan",
    "segment": "segmen",
    "segments": "segmen",
    "the index": "indeks",
    "text": "teks",
    "title": "judul",
    "body": "isi",
    "year": "tahun",
    "month": "bulan",
    "source": "sumber",
    "section": "rubrik",
    "city": "kota",
    "kind": "jenis",
    # a search
    "No hits for {query!r}.": "Tidak ada hasil untuk {query!r}.",
    "Did you mean: {query}?": "Maksud Anda: {query}?",
    "{hits} in {time:.0f} ms": "{hits} dalam {time:.0f} md",
    "{shown:,} of {hits} in {time:.0f} ms": "{shown:,} dari {hits} dalam {time:.0f} md",
    "{hits} without a date stand last": "{hits} tanpa tanggal ada di akhir",
    "Also looked for: {also} (not with --no-variants)": "Dicari juga: {also} (tidak dengan --no-variants)",
    "{folder}: {documents}, opened in {time:.0f} ms": "{folder}: {documents}, dibuka dalam {time:.0f} md",
    "{number} related: {titles}": "{number} terkait: {titles}",
    "+{copies}: {sources}": "+{copies}: {sources}",
    "A story that several printed is shown once, and counted each time (--copies all shows each)": (
        "Berita yang dimuat beberapa media ditampilkan sekali, tetapi dihitung semua (--copies all menampilkan semua)"
    ),
    "{warning}": "{warning}",
    # an article
    "known from links": "dikenal dari tautan",
    "undated": "tanpa tanggal",
    "“{age}” when the page was copied": "“{age}” ketika halaman disalin",
    "Similar": "Serupa",
    "nothing is related to {id!r}": "tidak ada yang terkait dengan {id!r}",
    "there is no article with the id {id!r} in this index": "tidak ada artikel dengan id {id!r} dalam indeks ini",
    "{id} does not match {query!r}": "{id} tidak cocok dengan {query!r}",
    # what is in an index
    "{number:,}": "{number:,}",
    "related": "terkait",
    "{number:,} (stories known only from links)": "{number:,} (berita yang hanya dikenal dari tautan)",
    "{first} to {last} (WIB); {undated:,} undated": "{first} sampai {last} (WIB); {undated:,} tanpa tanggal",
    "none; {undated:,} undated": "tidak ada; {undated:,} tanpa tanggal",
    "sources": "sumber",
    "{name} {number:,}": "{name} {number:,}",
    "(none)": "(tanpa sumber)",
    "and {number:,} more": "dan {number:,} lagi",
    "and {number:,} earlier": "dan {number:,} sebelumnya",
    "words": "kata",
    "{number:,} different": "{number:,} yang berbeda",
    "size": "ukuran",
    "{size:,.1f} MB in {segments}": "{size:,.1f} MB dalam {segments}",
    "generation": "generasi",
    "{number:,}×": "{number:,}×",
    "in {documents}": "dalam {documents}",
    "there is no word in {word!r}": "tidak ada kata dalam {word!r}",
    "whole: {files} as written": "utuh: {files} seperti yang ditulis",
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
    # a measurement
    "against": "dibanding",
    "an index of {corpus} is made, for now": "indeks sementara dari {corpus} dibuat",
    "pinned in {path}": "ditetapkan dalam {path}",
    "{path}: pinned for another corpus or other judgements; look at the figures, then --pin": (
        "{path}: ditetapkan untuk korpus atau penilaian lain; periksa angkanya, lalu --pin"
    ),
    "{name} is {now:.4f}, below its floor {least:.4f}": "{name} {now:.4f}, di bawah batasnya {least:.4f}",
    "query {query}: {why}; it counts as nothing found (see --plain)": (
        "kueri {query}: {why}; dihitung tidak menemukan apa-apa (lihat --plain)"
    ),
    "--pin and --lower need a file: name it with --floors": "--pin dan --lower perlu berkas: sebutkan dengan --floors",
    "--run measures what was found before: it goes with neither --save nor --floors": (
        "--run mengukur hasil yang sudah ada: tidak bersama --save atau --floors"
    ),
    "floors hold for a corpus: name it with --corpus in place of --index": (
        "batas bawah berlaku untuk sebuah korpus: sebutkan dengan --corpus, bukan --index"
    ),
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
    "'related' is no JSON list: {error}": "'related' bukan daftar JSON: {error}",
    "not JSON: {error} at column {column}": "bukan JSON: {error} di kolom {column}",
    "not JSON: {error} at column {column}; what follows is lost": (
        "bukan JSON: {error} di kolom {column}; selanjutnya tidak terbaca"
    ),
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
    # an explanation
    "": "",
    "{value:.4f}  {what}": "{value:.4f}  {what}",
    "{first}, {rest}": "{first}, {rest}",
    "{first} or {rest}": "{first} atau {rest}",
    "words of the query, {covered:.0%} of its weight covered (× {share:.3f})": (
        "kata-kata kueri, {covered:.0%} bobotnya tercakup (× {share:.3f})"
    ),
    "word {form!r}": "kata {form!r}",
    "written form {form!r}": "bentuk tertulis {form!r}",
    "family of {stem!r}": "semua bentuk dari {stem!r}",
    "phrase {words!r}": "frasa {words!r}",
    "words like {pattern!r}": "kata seperti {pattern!r}",
    "words {distance} letters from {form!r} at most": "kata yang berbeda paling banyak {distance} huruf dari {form!r}",
    "words from {first!r} to {last!r}": "kata dari {first!r} sampai {last!r}",
    "{name} × {boost:g}": "{name} × {boost:g}",
    "{name} in the {scope}: {found}; counted {freq:g}×, in {documents:,} documents, idf {idf:.3f}": (
        "{name} dalam {scope}: {found}; dihitung {freq:g}×, ada di {documents:,} dokumen, idf {idf:.3f}"
    ),
    "{form} ({titles}× title, {bodies}× body)": "{form} ({titles}× di judul, {bodies}× di isi)",
    "{form} ({titles}× title)": "{form} ({titles}× di judul)",
    "{form} ({bodies}× body)": "{form} ({bodies}× di isi)",
    "all of": "semua dari",
    "any of": "salah satu dari",
    "first, and better with the second": "yang pertama, lebih baik dengan yang kedua",
    "the score, and more for where the words stand": "nilainya, ditambah menurut letak kata-kata",
    "where the words of the query stand": "letak kata-kata pencarian",
    "{form!r} at the beginning: place {place}": "{form!r} di bagian awal: tempat {place}",
    "{one!r} and {other!r} near one another: {near:.3f}, the sum of 1/distance": (
        "{one!r} dan {other!r} berdekatan: {near:.3f}, jumlah 1/jarak"
    ),
    "the best of several": "yang terbaik di antara beberapa",
    "the same for all that match": "sama untuk semua yang cocok",
    "matches without a score": "cocok tanpa skor",
    "the score, and more the newer": "skor, ditambah bagi yang lebih baru",
    "for being new, × {fresh:.3f} (half after {days:g} days)": (
        "karena baru, × {fresh:.3f} (separuhnya sesudah {days:g} hari)"
    ),
    # the commands
    "Ranked hits with highlighted snippets (also: cari).": "Hasil berperingkat dengan cuplikan (juga: cari).",
    "Bring the index up to date with the corpus.": "Memutakhirkan indeks dari korpus.",
    "Build a new index and switch to it at once.": "Membuat indeks baru dan langsung beralih kepadanya.",
    "One article, whole.": "Satu artikel, utuh.",
    "The stories an article points at, and similar ones.": "Berita yang ditautkan sebuah artikel, dan yang serupa.",
    "Why a hit has its score.": "Mengapa sebuah hasil mendapat skornya.",
    "A word's root and all its forms in the index.": "Akar sebuah kata dan semua bentuknya dalam indeks.",
    "What is in the index.": "Isi indeks.",
    "Check every byte of the index.": "Memeriksa setiap bita indeks.",
    "Measure the index against relevance judgements.": "Mengukur indeks dengan penilaian relevansi.",
    "What a query may be, or a command's help.": "Cara menulis kueri, atau bantuan sebuah perintah.",
    "What makes a shell complete.": "Pelengkapan otomatis untuk shell.",
    "What is understood of a file, part by part.": "Apa yang dipahami dari sebuah berkas, bagian demi bagian.",
    # their options
    "All articles of the file.": "Semua artikel dalam berkas.",
    "Articles shown.": "Banyaknya artikel yang ditampilkan.",
    "Stay, and take in whatever changes, until Ctrl-C.": "Tetap berjalan dan serap setiap perubahan, sampai Ctrl-C.",
    'The day the pages were copied: "11 hari lalu" counts from it. auto: as dated articles tell.': (
        'Hari halaman disalin: "11 hari lalu" dihitung darinya. auto: menurut artikel bertanggal.'
    ),
    "What records call a part: title=judul.": "Nama bagian dalam rekaman: title=judul.",
    "The index (default: index/).": "Indeks (bawaan: index/).",
    "The articles (default: corpus/).": "Artikel (bawaan: corpus/).",
    "Your own word lists; the index keeps a copy.": "Daftar kata sendiri; indeks menyimpan salinannya.",
    "Processes that build a large corpus (default: all processors).": (
        "Banyaknya proses untuk korpus besar (bawaan: semua prosesor)."
    ),
    "Only the words typed: Suriah, not Syria.": "Hanya kata yang diketik: Suriah, bukan Syria.",
    "Newer counts more, twice at most: half of that after 30d, 8w, 6-bulan, 1y.": (
        "Yang baru dihitung lebih, paling banyak dua kali: separuhnya sesudah 30d, 8w, 6-bulan, 1y."
    ),
    "The queries, where they do not lie beside QRELS.": "Kueri, bila tidak terletak di samping QRELS.",
    "Measure this saved run, and ask no index.": "Ukur run tersimpan ini, tanpa bertanya kepada indeks.",
    "A saved run to compare with, query by query.": "Run tersimpan sebagai pembanding, kueri demi kueri.",
    "Write what was found as a TREC run.": "Tulis yang ditemukan sebagai run TREC.",
    "Also each query, one a line.": "Juga setiap kueri, satu per baris.",
    "Take the signs of the query language out of the queries first.": "Buang dahulu tanda bahasa kueri dari kueri.",
    "Compare with the floors pinned in this file.": "Bandingkan dengan batas bawah dalam berkas ini.",
    "Pin the figures as floors; none may be lower than before.": (
        "Jadikan angka ini batas bawah; tidak boleh ada yang lebih rendah dari sebelumnya."
    ),
    "Pin them though one is lower, and keep the reason.": "Tetapkan walau ada yang turun, dan simpan alasannya.",
    "query": "kueri",
    "queries": "kueri",
    "copy": "salinan",
    "copies": "salinan",
    "Copy": "Salinan",
    "As JSON.": "Sebagai JSON.",
    "Similar articles, at most.": "Artikel serupa, paling banyak.",
    "No progress and no notes.": "Tanpa kemajuan dan catatan.",
    "Hits a page.": "Hasil tiap halaman.",
    "Leave out so many hits first.": "Lewati sekian hasil pertama.",
    "The page, counted from 1.": "Halaman, mulai dari 1.",
    "Every hit, however many.": "Semua hasil, berapa pun banyaknya.",
    "Undated articles come last by date.": "Menurut tanggal, artikel tanpa tanggal ada di akhir.",
    "From then on: 2017, 2017-04, 2017-04-18, kemarin, 7-hari.": "Sejak: 2017, 2017-04, 2017-04-18, kemarin, 7-hari.",
    "To the end of that year, month or day.": "Sampai akhir tahun, bulan, atau hari itu.",
    "Only from this source, or any of several.": "Hanya dari sumber ini, atau salah satu dari beberapa.",
    "Only from this section.": "Hanya dari rubrik ini.",
    "Only from this city.": "Hanya dari kota ini.",
    "Only by this author.": "Hanya dari penulis ini.",
    "Whole articles, or stories known by link.": "Artikel utuh, atau berita yang dikenal dari tautan.",
    "Snippets a hit, at most.": "Cuplikan tiap hasil, paling banyak.",
    "Count the hits by year, month, source, section, city and kind.": (
        "Hitung hasil menurut tahun, bulan, sumber, rubrik, kota, dan jenis."
    ),
    "Draw the hits over time.": "Gambarkan hasil sepanjang waktu.",
    "Say why each hit has its score.": "Jelaskan skor setiap hasil.",
    "Of a story that several printed: the first hit, the first published, or each.": (
        "Untuk berita yang dimuat beberapa media: hasil teratas, yang terbit pertama, atau semua."
    ),
    "One JSON document.": "Satu dokumen JSON.",
    "One JSON object a hit.": "Satu objek JSON tiap hasil.",
    "A table with a header.": "Tabel dengan kepala.",
    "The ids, one a line.": "Id, satu tiap baris.",
    "Who answers.": "Siapa yang menjawab.",
    "Say what was opened, and how long it took.": "Sebutkan apa yang dibuka dan berapa lama.",
    "On a terminal, a long article in a pager.": "Di terminal, artikel panjang ditampilkan per layar.",
}

HELP = {
    "carinews": """Mencari berita Indonesia: artikel dan berita terkaitnya.

    \b
    carinews search "ISIS Irak"          mencari; membuat indeks dulu bila belum ada
    carinews search '"gempa bumi" -Aceh' sebuah frasa, dan tanpa sebuah kata
    carinews index                       menyerap yang baru di corpus/
    carinews help query                  cara menulis kueri
    """,
    "parse": """Menampilkan apa yang dipahami dari FILE: halaman, teks, rekaman, umpan, arsip, atau folder.

    Tidak ada yang diindeks. Setiap bagian ditampilkan dengan namanya: judul, tanggal dan kepastiannya, penulis,
    kota, rubrik, keterangan foto, isi, kredit, tautan, berita terkait. Yang tidak terpakai disebut di stderr.

    \b
    carinews parse halaman.html                    halaman yang disimpan
    carinews parse dump.txt --as-of 2024-05-06     "11 hari lalu" dihitung dari hari itu
    carinews parse berita.csv --field title=judul  tabel dengan nama kolom sendiri
    """,
    "search": """Mencari berita. `carinews help query` menjelaskan cara menulis QUERY.

    \b
    carinews search "ISIS Irak"                     artikel yang memuat keduanya lebih dulu
    carinews search '"gempa bumi" OR tsunami'       sebuah frasa, atau sebuah kata
    carinews search 'judul:korupsi -KPK' -n 20      di judul, tanpa sebuah kata
    carinews search "harga BBM" --since 2022 --json untuk program
    carinews search -- -gempa                       kueri yang diawali tanda
    """,
    "index": """Memutakhirkan indeks dari korpus, atau dari berkas dan folder PATHS.

    Berkas baru dan berubah dibaca, yang tidak berubah dilewati, artikel dari berkas yang hilang dikeluarkan.

    \b
    carinews index                      yang baru di corpus/
    carinews index arsip/ berita.jsonl  ini, apa pun isi indeks lainnya
    carinews index --lexicon kamus/     dengan daftar kata sendiri
    carinews index --as-of 2024-05-06   "11 hari lalu" dihitung dari hari halaman disalin
    """,
    "rebuild": """Membuat indeks baru dari seluruh korpus di samping yang lama, lalu beralih kepadanya.

    Pencarian tetap berjalan dan memakai indeks lama sampai yang baru lengkap. Tanpa --lexicon, indeks baru
    memakai daftar kata yang lama.

    \b
    carinews rebuild
    carinews rebuild --corpus arsip/ --workers 2
    carinews rebuild --lexicon kamus/
    """,
    "show": """Menampilkan satu artikel, utuh. ID adalah yang ditulis `search`.

    \b
    carinews show tempo-20170418-terpuruk-di-irak
    carinews search "gempa palu" --ids -n 1 | xargs carinews show
    carinews show tempo-20170418-terpuruk-di-irak --json
    """,
    "related": """Berita yang ditautkan sebuah artikel, pilihan redaktur lebih dulu; salinannya; lalu artikel serupa.

    \b
    carinews related tempo-20170418-terpuruk-di-irak
    carinews related tempo-20170418-terpuruk-di-irak | cut -f 3   id-nya saja
    carinews related tempo-20170418-terpuruk-di-irak -n 0 --json  tanpa yang serupa
    """,
    "explain": """Menjelaskan skor sebuah artikel untuk sebuah kueri. Bagian-bagiannya berjumlah skor itu.

    \b
    carinews explain "ISIS Irak" tempo-20170418-terpuruk-di-irak
    carinews explain gempa bmkg-20180928-palu --recent 30d     dan tambahan karena baru
    carinews explain gempa bmkg-20180928-palu --json
    """,
    "words": """Menampilkan akar WORD dan semua bentuknya dalam indeks ini, dengan banyaknya.

    \b
    carinews words menyelidiki
    carinews words Jakarta --json
    carinews words tembak --index arsip/index
    """,
    "stats": """Menghitung isi indeks.

    \b
    carinews stats
    carinews stats --json
    carinews stats --index arsip/index
    """,
    "verify": """Memeriksa setiap bita indeks. Kode keluar 5 menyebutkan berkas rusak yang pertama.

    \b
    carinews verify
    carinews verify --index arsip/index
    carinews verify || carinews rebuild
    """,
    "eval": """Mengukur indeks dengan penilaian dalam QRELS: sebuah berkas, atau folder sebuah koleksi.

    Berkas berbentuk TREC atau BEIR. Folder yang membawa dokumennya (corpus.jsonl) diukur pada indeks dari
    dokumen itu, kecuali --index menyebut yang lain.

    \b
    carinews eval qrels.tsv                          dengan queries.jsonl di sampingnya
    carinews eval scifact/ --save scifact.run        sebuah koleksi, dengan dokumennya
    carinews eval qrels.tsv --against kemarin.run    lebih baik daripada kemarin?
    carinews eval qrels.tsv --floors floors.json     kode keluar 1 bila ada angka yang turun
    """,
    "help": """Menjelaskan TOPIC: sebuah perintah, atau `query` tentang cara menulis kueri.

    \b
    carinews help query     bahasa kueri, dengan contoh
    carinews help search    opsi sebuah perintah
    carinews help           semua perintah
    """,
    "completion": """Menulis apa yang membuat shell melengkapi perintah, opsi, kata, dan sumber.

    \b
    carinews completion bash > ~/.local/share/bash-completion/completions/carinews
    carinews completion zsh > ~/.zfunc/_carinews
    carinews completion fish > ~/.config/fish/completions/carinews.fish
    """,
}
