"""似た場面: what stands under the same part of the frame as an entry, situations before notes."""

from collections.abc import Iterable

from bot.knowledge.points import FRAME, Entry


def similar(entry: Entry, others: Iterable[Entry], most: int = 3) -> tuple[Entry, ...]:
    """The nearest first; none where nothing shares a part of the frame with it, or is named as related."""
    found = [(each, _nearness(entry, each)) for each in others if each.id != entry.id and each.id not in FRAME]
    near = [(each, nearness) for each, nearness in found if nearness]
    near.sort(key=lambda pair: (pair[0].kind != "situation", -pair[1]))
    return tuple(each for each, _ in near[:most])


def _nearness(entry: Entry, other: Entry) -> float:
    """The parts they share, the first ones weighing most; what is named as related comes before an equal one."""
    shared = sum(
        1 / (1 + entry.frame.index(part)) + 1 / (1 + other.frame.index(part))
        for part in entry.frame
        if part in other.frame
    )
    return shared + (0.5 if other.id in entry.related else 0.0)
