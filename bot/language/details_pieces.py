"""Cuts a folded text into pieces that are read at once, and draws letters together that were set apart by spaces."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

LONGEST = 400
"""Characters read at once: whatever is done with a piece in C is over before anybody else has to wait for it."""

# At the end of a sentence when there is one, else at a pause, else anywhere.
_PIECE = regex.compile(
    rf".{{1,{LONGEST}}}+\Z|.{{{LONGEST // 4},{LONGEST}}}(?<=[\n。！？!?])"
    rf"|.{{{LONGEST // 4},{LONGEST}}}(?<=[、，,;；\s])|.{{1,{LONGEST}}}",
    regex.DOTALL,
)
_LETTER = r"[\p{Han}\p{Hiragana}\p{Katakana}ー]"
# What may follow at once behind the last of them: 山 田 太 郎様, 山 田 太 郎の.
_BEHIND = rf"(?=さん|さま|様|氏|くん|君|ちゃん|先生|殿|[のはがをにともで])|(?!{_LETTER})"
_SPACED = regex.compile(rf"(?<!{_LETTER}){_LETTER}(?: {_LETTER}){{2,12}}(?:{_BEHIND})")
_CONTROL = regex.compile(r"[\p{Cc}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """text, and where each of its characters (and its end) stands in the folded text."""

    text: str
    places: range | tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def pieces(folded: str) -> Iterator[Piece]:
    for found in _PIECE.finditer(folded):
        text = _CONTROL.sub(" ", found[0])
        places = range(found.start(), found.end())
        spaces = {at for run in _SPACED.finditer(text) for at in range(run.start(), run.end()) if text[at] == " "}
        if spaces:
            kept = [at for at in range(len(text)) if at not in spaces]
            yield Piece("".join(text[at] for at in kept), tuple(places[at] for at in kept))
        else:
            yield Piece(text, places)
