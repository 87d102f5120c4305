"""Folds the many widths and forms of a writing into one, and remembers where each character stood."""

import unicodedata
from array import array
from dataclasses import dataclass

import regex

MARKS_PER_BASE = 8
"""Normalising sorts marks in quadratic time, so an endless row of them is folded in pieces."""

_UNSEEN = r"[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]"
_MARK = r"[\p{M}\uff9e\uff9f]"
# Only these need a look: the rest of a Japanese text is already in its one form. What is unseen goes with the sign
# behind it, so that a stretch ends with its last seen sign.
_ODD = regex.compile(
    rf"(?s:{_UNSEEN}+(?:.{_MARK}{{0,{MARKS_PER_BASE}}})?)"
    rf"|[^\x00-\x7f\u3001-\u3029\u3030-\u3035\u303b-\u3098\u309d\u309e\u30a1-\u30fe\u4e00-\u9fff]{_MARK}{{0,{MARKS_PER_BASE}}}"
    rf"|[\x00-\x7f\u3040-\u30fe\u4e00-\u9fff]{_MARK}{{1,{MARKS_PER_BASE}}}",
    regex.VERSION1,
)
_ALL_UNSEEN = regex.compile(rf"{_UNSEEN}+", regex.VERSION1)


@dataclass(frozen=True, slots=True)
class Folded:
    """text: in one form (NFKC, nothing unseen). offsets: where each of its characters began, and the end of it all."""

    text: str
    offsets: "array[int]"

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text as it was written."""
        last = end
        # One written sign may unfold to several: a stretch that ends among them takes the whole sign.
        while start < last < len(self.text) and self.offsets[last] == self.offsets[last - 1]:
            last += 1
        return self.offsets[start], self.offsets[last]


def fold(text: str) -> Folded:
    """The same text in half-width letters and full-width kana, without what a reader cannot see."""
    pieces: list[str] = []
    offsets = array("L")
    done = 0
    for found in _ODD.finditer(text):
        start, end = found.span()
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        plain = _plain(found[0])
        pieces.append(plain)
        offsets.extend([start] * len(plain))
        done = end
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return Folded("".join(pieces), offsets)


def _plain(signs: str) -> str:
    return unicodedata.normalize("NFKC", _ALL_UNSEEN.sub("", signs))
