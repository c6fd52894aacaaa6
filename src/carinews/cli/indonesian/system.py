"""What the system and the libraries that read files say of an error; whatever else they say stays English."""

from __future__ import annotations

SENTENCES = {
    # the system
    "No such file or directory": "tidak ada berkas atau folder seperti itu",
    "Permission denied": "tidak ada izin",
    "Operation not permitted": "tidak diizinkan",
    "Is a directory": "ini folder, bukan berkas",
    "Not a directory": "ini bukan folder",
    "File exists": "sudah ada",
    "Directory not empty": "folder tidak kosong",
    "No space left on device": "disk penuh",
    "Disk quota exceeded": "kuota disk habis",
    "Read-only file system": "disk hanya dapat dibaca",
    "File name too long": "nama berkas terlalu panjang",
    "File too large": "berkas terlalu besar",
    "Too many open files": "terlalu banyak berkas terbuka",
    "Too many levels of symbolic links": "tautan simbolik berputar-putar",
    "Input/output error": "disk gagal membaca atau menulis",
    "Cannot allocate memory": "memori tidak cukup",
    "Cannot assign requested address": "alamat itu bukan milik mesin ini",
    # packed files
    "Compressed file ended before the end-of-stream marker was reached": "berkas terpotong",
    "Input format not supported by decoder": "bukan berkas XZ",
    "Corrupt input data": "isinya rusak",
    "Invalid data stream": "isinya rusak",
    "CRC check failed": "isinya rusak",
    # JSON and CSV
    "Expecting value": "nilai tidak ditemukan",
    "Expecting property name enclosed in double quotes": "nama dalam petik ganda tidak ditemukan",
    "Expecting ',' delimiter": "koma tidak ditemukan",
    "Expecting ':' delimiter": "titik dua tidak ditemukan",
    "Illegal trailing comma before end of object": "ada koma sebelum akhir objek",
    "Illegal trailing comma before end of array": "ada koma sebelum akhir daftar",
    "Unterminated string starting at": "petik tidak ditutup",
    "Invalid control character at": "ada karakter kendali",
    "Invalid \\escape": "garis miring terbalik di tempat yang salah",
    "Invalid \\uXXXX escape": "\\u tanpa empat angka heksadesimal",
    "Extra data": "ada sisa sesudah nilainya",
    "unexpected end of data": "petik tidak ditutup",
}
