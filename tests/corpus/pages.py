"""Copied pages in our own words, one for each layout that was met. No real article is quoted."""

from __future__ import annotations

ENTRIES = (
    ("Jembatan Gantung Seni Dibuka Lagi", "11 hari lalu", "Warga boleh menyeberang mulai pagi"),
    ("Kapal Kayu Terakhir dari Teluk Rindang", "2 bulan lalu", "Pembuat kapal itu kini berumur 80 tahun."),
    ("Sekolah Apung Menerima 40 Murid", "sejam lalu", "Kelas pertama dibuka di atas rakit bambu."),
)


def entry(title: str, age: str, summary: str) -> str:
    """One entry of the block of related stories, as the seed prints it."""
    return f"{title}\n\n{age}\n\n{title}\n\n{summary}\n\nBaca Selengkapnya\n\n"


BLOCK = "\n\n\n\nBerita terkait\n\n" + "".join(entry(*parts) for parts in ENTRIES).rstrip("\n")

SEED = (
    "Air Sungai Seni Surut, Warga Mulai Pulang \xa0\n\n"
    "Reporter\n\n"
    "Selasa, 18 April 2017 16:19 WITA\n\n"
    "Perahu bersandar di dermaga Muara Seni, 16 Maret 2017. KABAR/Tio Laras\n\n"
    "KABARSENJA.ID, Muara Seni - Air Sungai Seni surut satu meter sejak semalam.\n\n"
    "Warga mulai membersihkan rumah dari lumpur.\n\n"
    "Baca juga: Tanggul Seni Retak di Tiga Titik\n\n"
    '“Kami pulang setelah sepekan di balai desa," kata Wayan Sura.\n\n'
    "Baca juga: Dapur Umum Melayani 900 Orang\n\n"
    "Petugas menutup pintu air pada malam hari.\n\n"
    "KABAR LAUT | BERITA GUNUNG | TIO LARAS\n\n" + BLOCK
)

DESKTOP_2018 = """Selasa, 23 Oktober 2018

Harga Garam Teluk Rindang Naik Dua Kali Lipat

Reporter:
Editor:

Rr. Ayu Tirta Wening

  • Font:
  • Ukuran Font: - +
  • Petani garam mengangkut karung di Teluk Rindang, 21 April 2018. KABARA

    Petani garam mengangkut karung di Teluk Rindang, 21 April 2018. KABARA

    KABARSENJA.ID, Rindang - Harga garam naik sejak awal bulan.

    Baca: Petambak Garam Menunggu Kemarau

    Namun petambak mengaku tidak menikmati kenaikan itu.
"""

AMP_2019 = """Koki Desa Memasak Seribu Porsi Bubur

Reporter

Adi Prasna

Senin, 9 Desember 2019 12:55 WIB

Koki desa mengaduk bubur di lapangan Rindang, 9 Desember 2019. Dok: Humas Desa

RINDANG- Seribu porsi bubur dibagikan kepada peziarah pada Senin pagi.

Advertising
Advertising

1. Bubur dimasak sejak subuh

Baca: Resep Bubur Rindang yang Hampir Hilang

Peziarah antre dengan mangkuk dari rumah.
"""

LOGIN_2023 = """Lupa Kata Sandi? Klik di Sini

atau Masuk melalui

Belum Memiliki Akun Daftar di Sini


atau Daftar melalui

Sudah Memiliki Akun Masuk di Sini

Konfirmasi Email

Kami telah mengirimkan link aktivasi melalui email ke nama@contoh.id.

Klik link aktivasi dan dapatkan akses membaca 2 artikel gratis non Laput di koran dan Majalah

Jika Anda tidak menerima email,
Kirimkan Lagi Sekarang

Festival Layang-layang Rindang Diikuti 300 Peserta

Editor

Bima Candra

image-gnews
Layang-layang naga terbang di Pantai Rindang. KABAR/Tio Laras
Layang-layang naga terbang di Pantai Rindang. KABAR/Tio Laras
Iklan

KABARSENJA.ID, Rindang - Festival itu tiga hari. (Baca: Angin Timur (Lagi)) Ia ramai (Baca juga: Naga Kertas).

Baca juga: Layang-layang Pertama di Dunia

Pilihan Editor: Perajin Bambu Kehabisan Bambu
"""

NEWSITE_2024 = """Baca berita dengan sedikit iklan, klik di sini

Arsip

Terpopuler: Kucing Penjaga Pasar hingga 12 Perahu Baru

Berita terpopuler kedua tentang perahu yang dicat oleh murid sekolah dasar.

13 Oktober 2021 | 07.21 WIB

Kucing penjaga pasar tidur di atas timbangan, Sabtu 2 Oktober 2021. KABAR FOTO/Tio Laras
Perbesar
Kucing penjaga pasar tidur di atas timbangan, Sabtu 2 Oktober 2021. KABAR FOTO/Tio Laras

Baca berta dengan sedikit iklan, klik disini

slot-iklan-300x100

KABARSENJA.ID, Rindang - Kucing itu populer. Baca berita dengan sedikit iklan, klik di sini

slot-iklan-300x600

Berikut kilasannya:

1. Kucing itu bernama Timbang.
"""

ONE_LINE_2025 = (
    "Burung Migran Singgah di Sawah Rindang\n"
    "KABARSENJA.ID, Rindang -&nbsp;Ribuan burung singgah di sawah. Petani membiarkannya. "
    "Pilihan Editor:&nbsp; Musim Tanam Mundur Sebulan\n"
    "Tio Laras berkontribusi dalam penulisan artikel ini.\n"
)

PAYWALL = """Setahun Pasar Apung
Hari ini pasar apung genap setahun.
Sejumlah pedagang menilai janji belum terwu
...
Berlangganan untuk lanjutkan membaca.
Kami mengemas berita, dengan cerita.
Manfaat berlangganan Tempo Digital? Lihat Disini
- Akses edisi mingguan dari Tahun 1971
- Akses penuh seluruh artikel Tempo+
- Baca dengan lebih sedikit gangguan iklan
- Fitur baca cepat di edisi Mingguan
- Anda Mendukung Independensi Jurnalisme Tempo
"""

PLAIN = """Menanam Bakau di Teluk Rindang

Anak-anak menanam bakau setiap Ahad.
Setiap bibit diberi nama.

Sepuluh tahun lagi teluk itu rimbun."""

LAYOUTS = {
    "seed": SEED,
    "desktop 2018": DESKTOP_2018,
    "amp 2019": AMP_2019,
    "login 2023": LOGIN_2023,
    "new site 2024": NEWSITE_2024,
    "one line 2025": ONE_LINE_2025,
    "paywall": PAYWALL,
    "plain": PLAIN,
}
