"""Codes of the pseudonyms: a plant for a worry, a bird for a voice; the words stand in views/locales."""

import secrets
from collections.abc import Callable, Sequence

PLANTS = (
    "suzuran", "sumire", "nadeshiko", "kikyo", "asagao", "himawari", "ajisai", "tsubaki", "sazanka", "ume",
    "sakura", "momo", "fuji", "botan", "shakuyaku", "ayame", "hanashobu", "yuri", "hasu", "susuki",
    "hagi", "kuzu", "ominaeshi", "rindo", "kosumosu", "kiku", "suisen", "tanpopo", "renge", "nanohana",
    "yomogi", "tsukushi", "warabi", "zenmai", "shirotsumekusa", "katabami", "tsuyukusa", "dokudami", "hotarubukuro",
    "matsuyoigusa", "waremoko", "fukujuso", "mizubasho", "edelweiss", "kinmokusei", "jinchoge", "kuchinashi",
    "mokuren", "yukiyanagi", "yamabuki", "satsuki", "tsutsuji", "nanten", "hiiragi", "momiji", "icho", "kaki",
    "yuzu", "biwa", "akebi",
)  # fmt: skip
_TRIES = 2
"""Looks per round: with a fifth of the names borne, one worry in 25 gets a name with a number."""

BIRDS = (
    "tsubame", "suzume", "mejiro", "uguisu", "shijukara", "yamagara", "enaga", "hibari", "sekirei", "misosazai",
    "joubitaki", "ruribitaki", "kibitaki", "oruri", "mozu", "tsugumi", "mukudori", "hiyodori", "kawasemi", "kakkou",
    "hototogisu", "fukurou", "hato", "kijibato", "kamome", "chidori", "shigi", "sagi", "tsuru", "kamo",
    "oshidori", "kaitsuburi", "ban", "uzura", "kiji", "raicho", "tobi", "hayabusa", "kogera", "akagera",
)  # fmt: skip


def fresh(codes: Sequence[str], taken: Callable[[str], bool]) -> str:
    """A random code nobody bears now; where many are borne, one with a number, linked to nothing but its thread."""
    for highest in (1, 999, 999_999):
        for _ in range(_TRIES):
            number = secrets.randbelow(highest) + 1
            code = secrets.choice(codes) + (f".{number}" if number > 1 else "")
            if not taken(code):
                return code
    return f"{secrets.choice(codes)}.{secrets.randbelow(10**9) + 10_000}"
