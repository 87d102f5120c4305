"""The guided tour: a scene cut into steps, each told first and then played."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.adapters.console.decode import folded
from bot.adapters.console.screen import Screen

Play = Callable[[str], Awaitable[None]]

NARRATION = "#"
EXPECTATIONS = ("expect ", "expect-not ")


@dataclass(frozen=True, slots=True)
class Step:
    told: tuple[str, ...]
    lines: tuple[str, ...]


def steps(scene: str) -> list[Step]:
    """Blank lines part the steps; expectations are for tests and are left out."""
    found = []
    for block in scene.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        told = tuple(line.lstrip(NARRATION).strip() for line in lines if line.startswith(NARRATION))
        played = tuple(line for line in lines if not line.startswith((NARRATION, *EXPECTATIONS)))
        if told or played:
            found.append(Step(told, played))
    return found


class Guide:
    """Leads through the steps: Enter plays the one that was told and tells the next, q leaves."""

    def __init__(self, screen: Screen, scene: str) -> None:
        self._screen = screen
        self._all = steps(scene)
        self._ahead: list[Step] = []

    @property
    def ready(self) -> bool:
        return bool(self._all)

    @property
    def touring(self) -> bool:
        return bool(self._ahead)

    def begin(self) -> None:
        if not self._all:
            self._screen.tell("console.tour.none")
            return
        self._ahead = list(self._all)
        self._screen.tell("console.tour.begin", count=len(self._all))
        self._tell()

    async def enter(self, line: str, play: Play) -> None:
        if line.strip():
            leaves = folded(line) == "q"
            self._ahead = [] if leaves else self._ahead
            self._screen.note("console.tour.left" if leaves else "console.tour.how")
            return
        for played in self._ahead.pop(0).lines:
            self._screen.echo(played)
            await play(played)
        self._tell()

    def _tell(self) -> None:
        if not self._ahead:
            self._screen.note("console.tour.end")
            return
        at, step = len(self._all) - len(self._ahead) + 1, self._ahead[0]
        self._screen.note(
            "console.tour.step",
            at=at,
            count=len(self._all),
            told="\n".join(step.told),
            lines="\n".join(step.lines),
        )
