"""The table: exact keys, one handler each; order means nothing."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.chat.events import Body, Command, Edit, News, Press, Submit, Text
from bot.chat.messages import Reply
from bot.routing.limits import Allowance
from bot.routing.turn import Turn
from bot.store.members import Role

Handler = Callable[[Turn, Any], Awaitable[Reply | None]]
H = TypeVar("H", bound=Handler)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """role: the least that may come this way, checked against the rows at every event, and once more when it writes.
    limit: how often one person may."""

    handler: Handler
    role: Role
    limit: Allowance | None = None


class Router:
    def __init__(self) -> None:
        self.routes: dict[Key, Route] = {}

    def command(self, name: str, role: Role = Role.SUPPORTER, limit: Allowance | None = None) -> Callable[[H], H]:
        return self._register(("command", name), role, limit)

    def press(self, action: str, role: Role = Role.SUPPORTER, limit: Allowance | None = None) -> Callable[[H], H]:
        return self._register(("press", action), role, limit)

    def submit(self, form: str, role: Role = Role.SUPPORTER, limit: Allowance | None = None) -> Callable[[H], H]:
        return self._register(("submit", form), role, limit)

    def words(self, role: Role = Role.SUPPORTER) -> Callable[[H], H]:
        """Plain words in a private chat."""
        return self._register(("words", ""), role)

    def edit(self, role: Role = Role.SUPPORTER) -> Callable[[H], H]:
        """Words in a private chat that were changed afterwards, where no open form holds them."""
        return self._register(("edit", ""), role)

    def news(self, name: str) -> Callable[[H], H]:
        """What a platform tells about a chat; nobody's role matters."""
        return self._register(("news", name), Role.STRANGER)

    def include(self, routers: Iterable["Router"]) -> "Router":
        for router in routers:
            for key, route in router.routes.items():
                self._add(key, route)
        return self

    def find(self, body: Body) -> Route | None:
        return self.routes.get(key_of(body))

    def _register(self, key: Key, role: Role, limit: Allowance | None = None) -> Callable[[H], H]:
        def keep(handler: H) -> H:
            self._add(key, Route(handler, role, limit))
            return handler

        return keep

    def _add(self, key: Key, route: Route) -> None:
        if key in self.routes:
            raise ValueError(f"{key} has a handler already")
        self.routes[key] = route


def key_of(body: Body) -> Key:
    match body:
        case Command(name):
            return "command", name
        case Press(action):
            return "press", action
        case Submit(form):
            return "submit", form
        case Text():
            return "words", ""
        case Edit():
            return "edit", ""
        case News(name):
            return "news", name
