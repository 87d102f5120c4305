"""What one person has in front of them: modal, home, ephemerals, direct messages and the channel they look at."""

from dataclasses import dataclass

from tests.slack.blocks import Json, buttons, unescape, words
from tests.slack.views import OpenView
from tests.slack.workspace import Ephemeral, Post, Workspace

Source = Post | Ephemeral | OpenView


@dataclass
class Pressable:
    label: str
    source: Source
    block: Json
    element: Json


class Screen:
    """at_home: the home tab is open. channel: the one looked at, empty for the direct messages alone."""

    def __init__(self, workspace: Workspace, user: str) -> None:
        self.workspace, self.id = workspace, user
        self.at_home = False
        self.channel = ""
        self.view_errors: dict[str, str] = {}
        self.errors: list[str] = []

    def look(self, channel: str = "") -> None:
        """Turns to a channel, or back to the direct messages."""
        self.channel, self.at_home = channel, False

    @property
    def im(self) -> str:
        return self.workspace.im(self.id).id

    @property
    def modal(self) -> OpenView | None:
        return self.workspace.views.top(self.id)

    @property
    def view(self) -> Json | None:
        """The view of the open modal as Slack keeps it."""
        return self.modal.view if self.modal else None

    @property
    def home(self) -> OpenView | None:
        return self.workspace.views.homes.get(self.id) if self.at_home else None

    @property
    def messages(self) -> list[Post | Ephemeral]:
        """What stands in the direct messages, in the channel looked at, and for these eyes only; oldest first."""
        posts = [post for place in {self.im, self.channel} for post in self.workspace.standing(place)]
        whispers = [each for each in self.workspace.ephemerals if each.user == self.id and not each.deleted]
        return sorted([*posts, *whispers], key=lambda each: each.ts)

    @property
    def letters(self) -> list[Post]:
        """The bot's direct messages to this person."""
        return self.workspace.by_bot(self.im)

    @property
    def whispers(self) -> list[Ephemeral]:
        return [each for each in self.workspace.ephemerals if each.user == self.id and not each.deleted]

    @property
    def shown(self) -> str:
        """Every word this person can see now."""
        views = [*_view_words(self.modal), *self.view_errors.values(), *_view_words(self.home)]
        return "\n".join([*views, *self.errors, *(line for each in self.messages for line in message_words(each))])

    def sees(self, text: str) -> bool:
        return text in self.shown

    async def sees_soon(self, text: str, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        await self.workspace.until(lambda: self.sees(text), timeout, f"{self.id} seeing {text!r}")

    @property
    def pressables(self) -> list[Pressable]:
        """Every button in front of this person, the nearest first."""
        nearest: list[Source] = [each for each in (self.modal, self.home) if each is not None]
        nearest.extend(reversed(self.messages))
        return [
            Pressable(unescape(element["text"]["text"]), source, block, element)
            for source in nearest
            for block, element in buttons(source.view["blocks"] if isinstance(source, OpenView) else source.blocks)
        ]

    @property
    def buttons(self) -> list[str]:
        return [each.label for each in self.pressables]


def message_words(message: Post | Ephemeral) -> list[str]:
    """Blocks hide the text; it shows only where there are none."""
    return words(message.blocks) if message.blocks else [unescape(message.text)]


def _view_words(opened: OpenView | None) -> list[str]:
    if opened is None:
        return []
    return words([opened.view.get(name) for name in ("title", "blocks", "submit", "close")]) + _typed(opened)


def _typed(opened: OpenView) -> list[str]:
    """What stands in the fields already."""
    fields = (value for block in opened.state.values() for value in block.values())
    return [field["value"] for field in fields if isinstance(field.get("value"), str)]
