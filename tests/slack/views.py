"""The modals people have open, one stack for each person, and their home tabs."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from tests.slack.blocks import Json, elements, keep_texts, kept

DEEPEST = 3


@dataclass
class OpenView:
    """view: as Slack keeps it. state: what the person has filled in so far, by block and action."""

    id: str
    user: str
    hash: str
    view: Json
    root: str
    previous: str = ""
    state: dict[str, Json] = field(default_factory=dict)


class Views:
    def __init__(self, tell: Callable[[], None]) -> None:
        self.stacks: dict[str, list[OpenView]] = {}
        self.homes: dict[str, OpenView] = {}
        self._tell = tell
        self._numbers = count(1)

    def top(self, user: str) -> OpenView | None:
        stack = self.stacks.get(user, [])
        return stack[-1] if stack else None

    def find(self, view_id: str = "", external_id: str = "") -> OpenView | None:
        """An open modal or a home by its id, or by the id the app gave it."""
        everything = [*(view for stack in self.stacks.values() for view in stack), *self.homes.values()]
        for each in everything:
            if each.id == view_id or (external_id and each.view.get("external_id") == external_id):
                return each
        return None

    def open(self, user: str, view: Json) -> OpenView:
        """A first modal; whatever was open before is gone."""
        opened = self._new(user, view)
        self.stacks[user] = [opened]
        self._tell()
        return opened

    def push(self, user: str, view: Json) -> OpenView:
        stack = self.stacks[user]
        pushed = self._new(user, view, root=stack[0].id, previous=stack[-1].id)
        stack.append(pushed)
        self._tell()
        return pushed

    def update(self, old: OpenView, view: Json) -> OpenView:
        """What was filled in stays where block and action keep their ids."""
        old.view, old.hash = _kept_view(view), self._hash()
        old.state = {
            block["block_id"]: old.state[block["block_id"]]
            for block, element in elements(old.view["blocks"])
            if element["action_id"] in old.state.get(block["block_id"], {})
        }
        self._tell()
        return old

    def publish(self, user: str, view: Json) -> OpenView:
        home = self.homes.get(user)
        if home is not None:
            return self.update(home, view)
        self.homes[user] = self._new(user, view)
        self._tell()
        return self.homes[user]

    def close(self, view: OpenView) -> None:
        stack = self.stacks.get(view.user, [])
        if view in stack:
            stack.remove(view)
        self._tell()

    def clear(self, user: str) -> None:
        self.stacks.pop(user, None)
        self._tell()

    def _new(self, user: str, view: Json, root: str = "", previous: str = "") -> OpenView:
        view_id = f"V0VIEW{next(self._numbers)}"
        return OpenView(view_id, user, self._hash(), _kept_view(view), root or view_id, previous)

    def _hash(self) -> str:
        return f"1700000000.fakehash{next(self._numbers)}"


def _kept_view(view: Json) -> Json:
    view = copy.deepcopy(view)
    for name in ("title", "submit", "close"):
        keep_texts(view.get(name))
    return {**view, "blocks": kept(view["blocks"])}
