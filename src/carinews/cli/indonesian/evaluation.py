"""What is said when relevance is measured."""

from __future__ import annotations

SENTENCES = {
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
    # what is wrong with queries, judgements, floors and runs
    "queries": "kueri",
    "judgements": "penilaian",
    "no {what} here; they are looked for in {names}": "tidak ada {what} di sini; dicari dalam {names}",
    "there is no query in it": "tidak ada kueri di dalamnya",
    "there is no judgement in it": "tidak ada penilaian di dalamnya",
    "the query {query!r} is judged, but does not stand in {file}": (
        "kueri {query!r} dinilai, tetapi tidak ada dalam {file}"
    ),
    "the query {query!r} stands here a second time": "kueri {query!r} muncul untuk kedua kalinya",
    "{document!r} was given another grade for {query!r} before": (
        "{document!r} sudah diberi nilai lain untuk {query!r}"
    ),
    "no judgement: write 'query 0 document grade', the grade being a whole number": (
        "bukan penilaian: tulis 'kueri 0 dokumen nilai', nilainya bilangan bulat"
    ),
    "no query: write its id, a tab, and its text": "bukan kueri: tulis id-nya, tab, lalu teksnya",
    "a topic without number or title: {topic!r}": "topik tanpa nomor atau judul: {topic!r}",
    "not a JSON object": "bukan objek JSON",
    "the record has no '_id'": "rekaman ini tanpa '_id'",
    "the query has no 'text'": "kueri ini tanpa 'text'",
    "no line of a run: 'query Q0 document rank score name'": (
        "bukan baris sebuah run: 'kueri Q0 dokumen peringkat skor nama'"
    ),
    "{document!r} was found for {query!r} before": "{document!r} sudah ditemukan untuk {query!r}",
    "{word!r} cannot stand in a TREC run: it is empty or holds a blank": (
        "{word!r} tidak dapat ditulis dalam run TREC: kosong atau memuat spasi"
    ),
    "no floors in it ({error}); make them with --pin": (
        "tidak ada batas bawah di dalamnya ({error}); buatlah dengan --pin"
    ),
    "{name} from {least} to {now}": "{name} dari {least} ke {now}",
    "this would lower {which}: say why with --lower REASON": (
        "ini akan menurunkan {which}: sebutkan sebabnya dengan --lower ALASAN"
    ),
    "there is nothing here to measure with": "tidak ada apa-apa di sini untuk mengukur",
}
