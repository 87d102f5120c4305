"""Codes of the pseudonyms: a plant for a worry, a bird for a voice; the words stand in views/locales."""

import secrets
from collections.abc import Collection

PLANTS = (
    "suzuran", "sumire", "nadeshiko", "kikyo", "asagao", "himawari", "ajisai", "tsubaki", "sazanka", "ume",
    "sakura", "momo", "fuji", "botan", "shakuyaku", "ayame", "hanashobu", "yuri", "hasu", "susuki",
    "hagi", "kuzu", "ominaeshi", "rindo", "kosumosu", "kiku", "suisen", "tanpopo", "renge", "nanohana",
    "yomogi", "tsukushi", "warabi", "zenmai", "shirotsumekusa", "katabami", "tsuyukusa", "dokudami", "hotarubukuro",
    "matsuyoigusa", "waremoko", "fukujuso", "mizubasho", "edelweiss", "kinmokusei", "jinchoge", "kuchinashi",
    "mokuren", "yukiyanagi", "yamabuki", "satsuki", "tsutsuji", "nanten", "hiiragi", "momiji", "icho", "kaki",
    "yuzu", "biwa", "akebi",
)  # fmt: skip
BIRDS = (
    "tsubame", "suzume", "mejiro", "uguisu", "shijukara", "yamagara", "enaga", "hibari", "sekirei", "misosazai",
    "joubitaki", "ruribitaki", "kibitaki", "oruri", "mozu", "tsugumi", "mukudori", "hiyodori", "kawasemi", "kakkou",
    "hototogisu", "fukurou", "hato", "kijibato", "kamome", "chidori", "shigi", "sagi", "tsuru", "kamo",
    "oshidori", "kaitsuburi", "ban", "uzura", "kiji", "raicho", "tobi", "hayabusa", "kogera", "akagera",
)  # fmt: skip


def fresh(codes: Collection[str], taken: Collection[str]) -> str:
    """A random code nobody bears now; when all are borne, one with a number: linked to nothing but its thread."""
    free = [code for code in codes if code not in taken]
    if free:
        return secrets.choice(free)
    number = 2
    while not (free := [f"{code}.{number}" for code in codes if f"{code}.{number}" not in taken]):
        number += 1
    return secrets.choice(free)
