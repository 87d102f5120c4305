"""The questions that search learns from, with who wrote them; never those it is judged with."""

import json
import random
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.handbook import BUNDLED, LANGUAGES, outside
from bot.knowledge.points import FRAME, load
from bot.knowledge.weights import CARD

HERE = Path(__file__).parent
DATA = HERE.parent / "tests" / "data"
OWN = "handbook"
TUNING = "handbook_tuning"
JUDGED = "handbook_judged"
OLDER = "older"
GIBBERISH = 60
KEYS = "asdfghjklqwertyuiopzxcvbnm"
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんっゃゅょー"


@dataclass(frozen=True, slots=True)
class Labelled:
    """kinds: what the question is about, the best first; none: outside the handbook."""

    text: str
    kinds: tuple[str, ...]
    writer: str


def everything() -> list[Labelled]:
    """All that may be learned from."""
    found = [*_own(), *_older()]
    for file in [*sorted((HERE / "handbook_training").glob("*.jsonl")), DATA / f"{TUNING}.jsonl"]:
        found += read(file)
    return found


def read(file: Path) -> Iterator[Labelled]:
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(row["query"], tuple(row["frame"]), file.stem)


def _own() -> Iterator[Labelled]:
    for language in LANGUAGES:
        for entry in load(BUNDLED, language):
            kinds = entry.frame or (CARD,)
            yield from (Labelled(text, kinds, OWN) for text in (entry.title, entry.summary, *entry.questions))
        yield from (Labelled(text, (), OWN) for text in outside(language))


def _older() -> Iterator[Labelled]:
    """The set with which search was judged when there was only the frame."""
    for row in tomllib.loads((DATA / "handbook_questions.toml").read_text("utf-8"))["question"]:
        kinds = tuple(name for name in row["entries"] if name in FRAME)
        yield Labelled(row["text"], kinds or ((CARD,) if row["entries"] else ()), OLDER)


def gibberish() -> Iterable[Labelled]:
    """Fingers on a keyboard, the same each time."""
    chance = random.Random(1)
    for _ in range(GIBBERISH):
        signs = chance.choice((KEYS, KANA, KEYS.upper(), "0123456789"))
        text = "".join(chance.choice(signs) for _ in range(chance.randint(2, 14)))
        yield Labelled(text, (), OWN)
