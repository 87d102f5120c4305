"""A door through which a test of any process and language is the people: they act, and it sees what they see."""

import inspect
import json
from collections.abc import Callable, Collection
from typing import Any, Protocol

from aiohttp import web

MOST_PATIENCE = 60.0
WRONG = (AssertionError, TypeError, ValueError, KeyError, AttributeError)
"""What a person cannot do, and arguments that fit no act."""


class Seen(Protocol):
    """What stands in front of one person."""

    @property
    def buttons(self) -> list[str]: ...

    def sees(self, words: str) -> bool: ...

    async def sees_soon(self, words: str, timeout: float = 5.0) -> None: ...  # noqa: ASYNC109


class PeopleDoor:
    """acts: what people may do. person: the one with this name. room: makes a group, and says what it is known by.

    shown: every word a person can see. trouble: plans what goes wrong next.
    """

    def __init__(
        self,
        acts: Collection[str],
        person: Callable[[str], Seen],
        shown: Callable[[Any], str],
        room: Callable[[str], tuple[object, object]],
        trouble: Callable[[dict[str, Any]], None],
    ) -> None:
        self._acts, self._person, self._shown = acts, person, shown
        self._room, self._trouble = room, trouble
        self._people: dict[str, Seen] = {}
        self._rooms: dict[str, object] = {}

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/people/{name}", self._look)
        app.router.add_post("/people/{name}/{act}", self._act)
        app.router.add_post("/rooms/{name}", self._open_room)
        app.router.add_post("/faults", self._plan)

    async def _look(self, request: web.Request) -> web.Response:
        """?sees=WORDS waits for them, ?within=SECONDS at most; 404 where they do not come."""
        person = self._known(request)
        if words := request.query.get("sees"):
            try:
                within = min(float(request.query.get("within", 5)), MOST_PATIENCE)
                await person.sees_soon(words, within)
            except AssertionError:
                return web.json_response(self._screen(person), status=404)
        return web.json_response(self._screen(person))

    async def _act(self, request: web.Request) -> web.Response:
        """The body is a list of arguments, or an object of named ones; "room" names one of /rooms."""
        person, act = self._known(request), request.match_info["act"]
        if act not in self._acts:
            return _refused(f"nobody can {act}; they can {', '.join(sorted(self._acts))}", 404)
        try:
            given = json.loads(await request.text() or "[]")
            first = [self._rooms[given.pop("room")]] if isinstance(given, dict) and "room" in given else []
            named = given if isinstance(given, dict) else {}
            done = getattr(person, act)(*(first or given if not named else first), **named)
            if inspect.isawaitable(done):
                await done
        except WRONG as error:
            return _refused(f"{type(error).__name__}: {error}", 400)
        return web.json_response(self._screen(person))

    async def _open_room(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self._rooms[name], known_by = self._room(name)
        return web.json_response({"id": known_by})

    async def _plan(self, request: web.Request) -> web.Response:
        try:
            self._trouble(json.loads(await request.text()))
        except WRONG as error:
            return _refused(f"{type(error).__name__}: {error}", 400)
        return web.json_response({"ok": True})

    def _known(self, request: web.Request) -> Seen:
        name = request.match_info["name"]
        if name not in self._people:
            self._people[name] = self._person(name)
        return self._people[name]

    def _screen(self, person: Seen) -> dict[str, Any]:
        return {"shown": self._shown(person), "buttons": person.buttons}


def _refused(why: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": why}, status=status)
