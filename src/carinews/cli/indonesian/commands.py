"""What the commands and their options are for."""

from __future__ import annotations

SENTENCES = {
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
    "HTTP API and search page.": "API HTTP dan halaman pencarian.",
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
    "Similar articles, and articles that point here, at most.": (
        "Artikel serupa, dan artikel yang menautkan ke sini, paling banyak."
    ),
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
    "The address to listen at; 0.0.0.0 lets other machines in.": (
        "Alamat yang didengarkan; 0.0.0.0 membuka bagi mesin lain."
    ),
    "The port; 0 takes a free one.": "Porta; 0 memilih yang bebas.",
    "Who answers.": "Siapa yang menjawab.",
    "Say what was opened, and how long it took.": "Sebutkan apa yang dibuka dan berapa lama.",
    "On a terminal, a long article in a pager.": "Di terminal, artikel panjang ditampilkan per layar.",
}

HELP = {
    "carinews": """Mencari berita Indonesia: artikel dan berita terkaitnya.

    \b
    carinews search "ISIS Irak"          mencari; membuat indeks bila belum ada
    carinews search '"gempa bumi" -Aceh' sebuah frasa, dan tanpa sebuah kata
    carinews index                       menyerap yang baru di corpus/
    carinews help query                  cara menulis kueri
    """,
    "parse": """Menampilkan apa yang dipahami dari FILE: halaman, teks, rekaman, umpan, arsip, atau folder.

    Tidak ada yang diindeks. Setiap bagian ditampilkan dengan namanya: judul, tanggal dan kepastiannya, penulis,
    kota, rubrik, keterangan foto, isi, kredit, tautan, berita terkait. Yang tidak terpakai disebut di stderr.

    \b
    carinews parse halaman.html                    halaman yang disimpan
    carinews parse dump.txt --as-of 2024-05-06     "11 hari lalu" sejak hari itu
    carinews parse berita.csv --field title=judul  nama kolom sendiri
    """,
    "search": """Mencari berita. `carinews help query` menjelaskan cara menulis QUERY.

    \b
    carinews search "ISIS Irak"                     yang memuat keduanya dulu
    carinews search '"gempa bumi" OR tsunami'       sebuah frasa, atau kata
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
    carinews index --as-of 2024-05-06   "11 hari lalu" dihitung dari hari itu
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
    "related": """Berita yang ditautkan sebuah artikel, pilihan redaktur lebih dulu; artikel yang menautkannya, yang
    terbaru lebih dulu; salinannya; lalu artikel serupa.

    \b
    carinews related tempo-20170418-terpuruk-di-irak
    carinews related tempo-20170418-terpuruk-di-irak | cut -f 3   id-nya saja
    carinews related tempo-20170418-terpuruk-di-irak -n 0 --json  tautannya saja
    """,
    "explain": """Menjelaskan skor sebuah artikel untuk sebuah kueri. Bagian-bagiannya berjumlah skor itu.

    \b
    carinews explain "ISIS Irak" tempo-20170418-terpuruk-di-irak
    carinews explain gempa bmkg-20180928-palu --recent 30d     dengan kebaruan
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
    carinews eval qrels.tsv                          queries.jsonl di sampingnya
    carinews eval scifact/ --save scifact.run        koleksi dengan dokumennya
    carinews eval qrels.tsv --against kemarin.run    lebih baik daripada kemarin?
    carinews eval qrels.tsv --floors floors.json     kode 1 bila ada yang turun
    """,
    "serve": """Menyajikan halaman pencarian dan API HTTP, sampai Ctrl-C.

    Yang diindeks sementara itu langsung ditemukan. /openapi.json menjelaskan API-nya.

    \b
    carinews serve                           http://127.0.0.1:8000/
    carinews serve --port 9000 --index arsip/index
    carinews serve --host 0.0.0.0            juga untuk mesin lain
    curl 'http://127.0.0.1:8000/api/search?q=gempa+palu&limit=3'
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
