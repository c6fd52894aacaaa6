"""A working directory as a journalist has it: a corpus in sight, no index yet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from carinews.cli import run

DUMP = """Panen Rambutan di Desa Rindang Melimpah

Reporter

Tio Laras

Senin, 4 Maret 2019 09:30 WIB

Petani memetik rambutan di Rindang, 2 Maret 2019. KABAR/Tio Laras

KABAR.EXAMPLE, Rindang - Petani di Desa Rindang memanen rambutan lebih awal. Pemanenan dimulai pekan lalu.

Baca juga: Harga Rambutan Turun di Pasar Baru

Pembeli datang dari kota-kota tetangga untuk membeli rambutan.

TIO LARAS | SARI MELATI




Berita terkait

Jalan ke Desa Rindang Diperbaiki

3 hari lalu

Jalan ke Desa Rindang Diperbaiki

Perbaikan jalan selesai sebelum panen.

Baca Selengkapnya
"""

RECORDS = [
    {
        "id": "r1",
        "title": "Harga Rambutan Turun di Pasar Baru",
        "body": "Harga rambutan turun karena panen.\nPedagang menurunkan harga.",
        "published": "2019-03-05T07:00:00+07:00",
        "source": "pasar.example",
        "section": "Ekonomi",
    },
    {
        "id": "r2",
        "title": "Durian Mahal",
        "body": "Harga durian naik.",
        "published": "2020-01-02",
        "section": "Ekonomi",
    },
    {
        "id": "r3",
        "title": "\x1b]0;curang\x07Kapal \x1b[31mmerah\u202e",
        "body": "Kapal \x1b[2Jberlabuh.\r\nKapal pergi.",
    },
]


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a corpus of one dump and three records."""
    corpus = tmp_path / "corpus"
    (corpus / "2019").mkdir(parents=True)
    (corpus / "2019" / "panen.txt").write_text(DUMP, encoding="utf-8")
    (corpus / "berita.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARINEWS_LANG", "en")
    for name in ("CARINEWS_CORPUS", "CARINEWS_INDEX"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def carinews(place: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run the command line in that directory."""

    def call(*arguments: str) -> Outcome:
        capfd.readouterr()
        code = run(list(arguments))
        return Outcome(code, *capfd.readouterr())

    return call
