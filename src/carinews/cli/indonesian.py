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
    "there is no article with the id {id!r} in this index": "tidak ada artikel dengan id {id!r} dalam indeks ini",
    "{id} does not match {query!r}.": "{id} tidak cocok dengan {query!r}.",
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
    "{path}: there is no such file or folder to index": "{path}: tidak ada berkas atau folder seperti itu",
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
    "{path}: there is no such file or folder to read": "{path}: tidak ada berkas atau folder untuk dibaca",
    # settings
    "{file}: cannot be read: {error}": "{file}: tidak dapat dibaca: {error}",
    "{file}: there is no setting {name!r}; there are {known}": "{file}: tidak ada setelan {name!r}; yang ada: {known}",
    '{file}: {name} is a text, so write it in quotes: {name} = "{value}"': (
        '{file}: {name} adalah teks, tulis dalam petik: {name} = "{value}"'
    ),
    "{file}: [{name}] is a table of texts": "{file}: [{name}] adalah tabel berisi teks",
    # wrong usage
    "there is no option {option}": "tidak ada opsi {option}",
    "did you mean {near}?": "maksud Anda {near}?",
    "a query that begins with - goes behind --: carinews search -- '-word'": (
        "kueri yang diawali - ditulis sesudah --: carinews search -- '-kata'"
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
    "The stories an article points at.": "Berita yang ditautkan sebuah artikel.",
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
    "As one JSON document.": "Sebagai satu dokumen JSON.",
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
    "As JSON.": "Sebagai JSON.",
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
    "Say what was opened, how it was read, how long it took.": "Sebutkan apa yang dibuka dan berapa lama.",
    "On a terminal, a long article in a pager.": "Di terminal, artikel panjang ditampilkan per layar.",
}

HELP = {
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
    "related": """Berita yang ditautkan halaman sebuah artikel, dan artikel lain yang memuat berita yang sama.

    \b
    carinews related tempo-20170418-terpuruk-di-irak
    carinews related tempo-20170418-terpuruk-di-irak | cut -f 3   id-nya saja
    carinews related tempo-20170418-terpuruk-di-irak --json
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
