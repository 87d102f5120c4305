"""BM25 over up to a hundred thousand texts: which text holds which piece, in packed arrays by the thousand texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.lexical import K1, RUN, B
from bot.language import tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Cut = Callable[[str], Keys]

SEGMENT = 8_192
"""Texts in one segment: their places fit into two bytes, and putting them in order needs little memory."""

PAIR_SHIFT, TEXT_SHIFT = 21, 20
"""Bits of a character, and of a text's place beside its piece while a segment is put in order."""


def characters(text: str) -> Keys:
    """The keys of single characters and pairs, as lexical.characters cuts them."""
    import numpy as np

    runs = " ".join(RUN.findall(unicodedata.normalize("NFKC", text).lower()))
    codes = np.frombuffer(runs.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    inside = codes != ord(" ")
    pairs = (codes[:-1] << np.uint64(PAIR_SHIFT)) | codes[1:]
    return np.concatenate([codes[inside], pairs[inside[:-1] & inside[1:]]])


class Words:
    """Gives each word its number, so that words take no more room than characters."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> Keys:
        import numpy as np

        found = [self._numbers.setdefault(word.normal, len(self._numbers)) for word in tokens.words(text)]
        return np.asarray(found, dtype=np.uint64)

    def asked(self, question: str) -> Keys:
        """Words that no text has get numbers that are nobody's: a question must not make the table grow."""
        import numpy as np

        found = [self._numbers.get(word.normal, -1 - place) for place, word in enumerate(tokens.words(question))]
        return np.asarray(found, dtype=np.int64).astype(np.uint64)


@dataclass(frozen=True, slots=True)
class _Segment:
    """places[starts[i]:starts[i + 1]]: the texts, counted from first, that hold pieces[i]; impacts: how strongly."""

    first: int
    pieces: Keys
    starts: NDArray[np.int64]
    places: NDArray[np.uint16]
    impacts: NDArray[np.float16]

    def find(self, key: np.uint64) -> slice:
        at = int(self.pieces.searchsorted(key))
        if at == len(self.pieces) or self.pieces[at] != key:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))


class Postings:
    """One way of cutting texts. on_text is called after each, and may stop the work by raising."""

    def __init__(self, cut: Cut, texts: Sequence[str], on_text: Callable[[], None] = lambda: None) -> None:
        self._size = len(texts)
        counted = list(_counted(cut, texts, on_text))
        average = max(1.0, sum(float(lengths.sum()) for *_, lengths in counted) / max(1, self._size))
        self._segments = [_weighed(*each, average) for each in counted]

    def weights(self, keys: Keys) -> tuple[Keys, NDArray[np.float32]]:
        """The distinct keys of a question, and how rare each is: more the fewer texts have it."""
        import numpy as np

        distinct = np.unique(keys)
        found = (sum(_length(segment.find(key)) for segment in self._segments) for key in distinct)
        having = np.fromiter(found, dtype=np.float32, count=len(distinct))
        return distinct, np.log1p((self._size - having + 0.5) / (having + 0.5)).astype(np.float32)

    def scores(self, keys: Keys, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        import numpy as np

        scores = np.zeros(self._size, dtype=np.float32)
        for segment in self._segments:
            part = scores[segment.first : segment.first + SEGMENT]
            for key, weight in zip(keys, weights, strict=True):
                here = segment.find(key)
                part[segment.places[here]] += segment.impacts[here] * weight
        return scores

    def share(self, text: int, keys: Keys, weights: NDArray[np.float32]) -> float:
        """Of what a question asks for, by weight, what stands in this text: from 0 to 1."""
        segment, place = self._segments[text // SEGMENT], text % SEGMENT
        held = (_holds(segment.places[segment.find(key)], place) for key in keys)
        found = sum(float(weight) for weight, holds in zip(weights, held, strict=True) if holds)
        return found / max(float(weights.sum()), 1e-9)


def _length(found: slice) -> int:
    return int(found.stop - found.start)


def _holds(places: NDArray[np.uint16], place: int) -> bool:
    at = int(places.searchsorted(place))
    return at < len(places) and int(places[at]) == place


_Counted = tuple["int", "Keys", "NDArray[np.uint16]", "NDArray[np.float32]", "NDArray[np.float32]"]


def _counted(cut: Cut, texts: Sequence[str], on_text: Callable[[], None]) -> Iterator[_Counted]:
    """For each segment: its first text, then piece, place and how often, in order; and how long each text is."""
    import numpy as np

    for first in range(0, len(texts), SEGMENT):
        cuts = []
        for text in texts[first : first + SEGMENT]:
            cuts.append(cut(text))
            on_text()
        lengths = np.fromiter((len(keys) for keys in cuts), dtype=np.int64, count=len(cuts))
        places = np.repeat(np.arange(len(cuts), dtype=np.uint64), lengths)
        marked, often = np.unique((np.concatenate(cuts) << np.uint64(TEXT_SHIFT)) | places, return_counts=True)
        place = (marked & np.uint64((1 << TEXT_SHIFT) - 1)).astype(np.uint16)
        yield first, marked >> np.uint64(TEXT_SHIFT), place, often.astype(np.float32), lengths.astype(np.float32)


def _weighed(
    first: int,
    pieces: Keys,
    places: NDArray[np.uint16],
    often: NDArray[np.float32],
    lengths: NDArray[np.float32],
    average: float,
) -> _Segment:
    import numpy as np

    distinct, starts = np.unique(pieces, return_index=True)
    crowded = K1 * (1 - B + B * lengths / average)
    impacts = (often / (often + crowded[places])).astype(np.float16)
    return _Segment(first, distinct, np.append(starts, len(pieces)), places, impacts)
