"""The people who share one window, and what each of them has already seen."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.adapters.console.decode import Role
from bot.adapters.console.dialog import Dialog
from bot.adapters.console.places import Offer

NAME_LIMIT = 30
_OPENS_DIALOGS = {"hana": True, "ken": False}


@dataclass(slots=True, eq=False)
class Person:
    """dialogs: forms open as a dialog (as on Slack) rather than question by question (as on Telegram).

    seen and hinted hold, per place, the latest change shown or hinted to this person.
    spoke: the latest change when this person last typed a line of their own; told: what the window
    itself has said to them since. resting: dialogs put aside with :later, the latest last.
    """

    id: str
    role: Role
    dialogs: bool
    here: str
    joined: bool = False
    told: list[str] = field(default_factory=list)
    spoke: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    hinted: dict[str, int] = field(default_factory=dict)
    offers: dict[int, Offer] = field(default_factory=dict)
    next_number: int = 1
    dialog: Dialog | None = None
    resting: list[Dialog] = field(default_factory=list)

    def speaks(self, latest: int) -> None:
        self.spoke = latest
        self.told.clear()

    @property
    def alone(self) -> bool:
        return self.here == self.id


class People:
    def __init__(self, known: Iterable[str] = ()) -> None:
        self._people: dict[str, Person] = {}
        for name in known:
            self.meet(name).joined = True

    def __iter__(self) -> Iterator[Person]:
        return iter(self._people.values())

    def get(self, name: str) -> Person | None:
        return self._people.get(name)

    def meet(self, name: str, role: Role | None = None, dialogs: bool | None = None) -> Person:
        """The person of this name, created on first use; a known person changes only how forms open."""
        person = self._people.get(name)
        if person is None:
            role = role or ("coordinator" if name == "sato" else "supporter")
            opens = _OPENS_DIALOGS.get(name, role == "coordinator")
            person = self._people[name] = Person(name, role, opens, here=name)
        if dialogs is not None:
            person.dialogs = dialogs
        return person


def is_name(text: str) -> bool:
    """Letters, marks and digits, with - and _ inside: what can be typed, shown and completed everywhere."""
    return (
        0 < len(text) <= NAME_LIMIT
        and text[0] not in "-_"
        and all(unicodedata.category(char)[0] in "LMN" or char in "-_" for char in text)
    )
