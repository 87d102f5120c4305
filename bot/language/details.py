"""Finds what may tell who a person is: names, offices, places, numbers and addresses of every kind."""

import re
from collections.abc import Iterable, Iterator

from bot.language import (
    details_latin,
    details_names,
    details_names_beside,
    details_names_likely,
    details_names_placed,
    details_orgs,
    details_orgs_likely,
    details_patterns,
    details_places,
)
from bot.language.details_kana_lines import readable
from bot.language.details_pieces import pieces
from bot.language.details_words import Sentence
from bot.language.folding import fold
from bot.language.spans import Kind, Span

_SOMEBODYS_HOUSE = re.compile("(?:先生|さん|くん|ちゃん|様)の")


def find(text: str) -> tuple[Span, ...]:
    """Every detail in any text at all, in order, none over another."""
    return tuple(_apart([*details_patterns.find(text), *_named(text), *details_places.find(text)]))


def warm() -> None:
    """Loads what `find` needs, so that the first worry need not wait for it."""
    find("担当の佐藤さんは上田市のあおぞら作業所に電話した。 Mr. Sato")


def _named(text: str) -> Iterator[Span]:
    """People and offices."""
    folded = fold(text)
    read = [(piece, Sentence(piece.text)) for piece in pieces(readable(folded.text))]
    found = [(piece, *each) for piece, sentence in read for each in _in_sentence(sentence)]
    called = {piece.text[start:end] for piece, start, end, kind in found if kind is Kind.PERSON}
    found += [
        (piece, *place, Kind.PERSON) for piece, sentence in read for place in details_names.again(sentence, called)
    ]
    for piece, start, end, kind in found:
        yield Span(*folded.place(*piece.place(start, end)), kind)


def _in_sentence(sentence: Sentence) -> Iterator[tuple[int, int, Kind]]:
    for people in (details_names, details_names_beside, details_names_likely, details_names_placed):
        yield from ((start, end, Kind.PERSON) for start, end in people.find(sentence))
    for offices in (details_orgs, details_orgs_likely):
        for start, end in offices.find(sentence):
            if not _SOMEBODYS_HOUSE.search(sentence.text, start, end):
                yield start, end, Kind.ORG
    yield from details_latin.find(sentence.text)


def _apart(found: Iterable[Span]) -> list[Span]:
    """Where two lie over one another the longer says more, and of two that are alike the one found first."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda each: (each.start, each.start - each.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end - span.start > kept[-1].end - kept[-1].start:
            kept[-1] = span
    return kept
