"""What answers say: hits, articles, explanations, what an index holds."""

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
    "weaker match": "yang kurang cocok",
    "weaker matches": "yang kurang cocok",
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
    "{found}, and {weaker} (OR between the words finds all)": (
        "{found}, dan {weaker} (ATAU di antara kata menemukan semua)"
    ),
    "No hits for {query!r}, but {weaker} (OR between the words finds all)": (
        "Tidak ada hasil untuk {query!r}, tetapi {weaker} (ATAU di antara kata menemukan semua)"
    ),
    # an article
    "known from links": "dikenal dari tautan",
    "undated": "tanpa tanggal",
    "“{age}” when the page was copied": "“{age}” ketika halaman disalin",
    "Similar": "Serupa",
    "Points here": "Menautkan ke sini",
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
    "no hit, too weak: it covers less than {share:.0%} of what the best match covers": (
        "bukan hasil, kurang cocok: mencakup kurang dari {share:.0%} dari yang dicakup hasil terbaik"
    ),
    "where the words of the query stand": "letak kata-kata kueri",
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
}
