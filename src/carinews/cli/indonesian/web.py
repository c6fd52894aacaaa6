"""What `carinews serve` says: on its page, in the terminal, and of a request that it cannot answer."""

from __future__ import annotations

SENTENCES = {
    # the command
    "Serving {folder} at {address} (Ctrl-C ends it)": "Menyajikan {folder} di {address} (Ctrl-C mengakhirinya)",
    "port {port} of {host} is in use: choose another with --port": (
        "porta {port} di {host} sedang dipakai: pilih yang lain dengan --port"
    ),
    "cannot serve at {host}, port {port}: {reason}; choose others with --host and --port": (
        "tidak dapat menyajikan di {host}, porta {port}: {reason}; pilih yang lain dengan --host dan --port"
    ),
    "no address is known by this name": "tidak ada alamat dengan nama itu",
    # a request
    "there is nothing at {path!r}; /openapi.json tells what there is": (
        "tidak ada apa-apa di {path!r}; /openapi.json menyebutkan yang ada"
    ),
    "{method} is not answered here: only GET and HEAD are": "{method} tidak dilayani: hanya GET dan HEAD",
    "{path} has no parameter {name!r}; there are: {known}": "{path} tidak punya parameter {name!r}; yang ada: {known}",
    "{name}={value!r} is no whole number from {least} to {most}": (
        "{name}={value!r} bukan bilangan bulat dari {least} sampai {most}"
    ),
    "sort={value!r} is no order: write {choices}": "sort={value!r} bukan urutan: tulis {choices}",
    "the address has too many parameters: {most} at most": "parameter terlalu banyak: paling banyak {most}",
    # the page
    "News search": "Pencarian berita",
    "Words to search for": "Kata yang dicari",
    "Search": "Cari",
    "Order": "Urutan",
    "relevance": "relevansi",
    "newest": "terbaru",
    "oldest": "terlama",
    "Since": "Sejak",
    "Until": "Sampai",
    "Source": "Sumber",
    "Previous": "Sebelumnya",
    "Next": "Berikutnya",
    "{documents} in the index": "{documents} dalam indeks",
}
