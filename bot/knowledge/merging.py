"""Puts what was found on several shelves into one answer: the centre's words first, ours beside them."""

from collections.abc import Sequence

from bot.knowledge.index import Hit

MOST_SHELVED = 2
"""Of an answer, so that our own notes stand beside a centre's passages."""

PEER = "peer"


def together(shelved: Sequence[Hit], bundled: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
    """One peer's note at most, directly after the entry it belongs to where that is shown."""
    passages = [hit for hit in shelved if hit.entry.kind != PEER]
    peers = [hit for hit in shelved if hit.entry.kind == PEER]
    most = min(MOST_SHELVED, limit - 1) if bundled else limit
    found = [*passages[: max(0, most)], *bundled]
    if peers and limit > 1:
        found.insert(_place(found, peers[0], limit), peers[0])
    return tuple((found or peers)[: max(0, limit)])


def _place(found: Sequence[Hit], peer: Hit, limit: int) -> int:
    """Where it belongs; else last of what is shown, but never in place of the only one of ours."""
    owners = [place for place, hit in enumerate(found[: limit - 1]) if hit.entry.id in peer.entry.related]
    return owners[0] + 1 if owners else len(found)
