"""What is new, gone and changed between two editions, told by points and headings."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from bot.store import editions
from bot.store.editions import Passage
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the edition that has it: of the newer one, unless it is gone."""

    point: str
    heading: str
    page: str


@dataclass(frozen=True, slots=True)
class Changes:
    """moved: the same words under another number or heading. same: how many passages stayed as they were."""

    new: tuple[Place, ...]
    gone: tuple[Place, ...]
    changed: tuple[Place, ...]
    moved: tuple[Place, ...]
    same: int


_Key = tuple[str, str, int]


def between(session: Session, old: str, new: str) -> Changes:
    before, after = _by_key(session, old), _by_key(session, new)
    stayed = before.keys() & after.keys()
    changed = [key for key in after if key in stayed and before[key].body != after[key].body]
    bodies: dict[str, list[_Key]] = defaultdict(list)
    for key, each in before.items():
        if key not in stayed:
            bodies[each.body].append(key)
    moved: dict[_Key, None] = {}
    from_there: set[_Key] = set()
    for key, each in after.items():
        if key not in stayed and (elsewhere := bodies.get(each.body)):
            moved[key] = None
            from_there.add(elsewhere.pop())
    return Changes(
        new=tuple(_place(after[key]) for key in after if key not in stayed and key not in moved),
        gone=tuple(_place(before[key]) for key in before if key not in stayed and key not in from_there),
        changed=tuple(_place(after[key]) for key in changed),
        moved=tuple(_place(after[key]) for key in moved),
        same=len(stayed) - len(changed),
    )


def _by_key(session: Session, edition: str) -> dict[_Key, Passage]:
    """Passages of one point are told apart by their order."""
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[_Key, Passage] = {}
    for _, each in editions.passages(session, edition):
        name = (each.heading, each.point)
        found[*name, seen[name]] = each
        seen[name] += 1
    return found


def _place(passage: Passage) -> Place:
    return Place(passage.point, passage.heading, passage.page)
