"""What stands in the rooms of a town, found by the number in its words."""

from dataclasses import dataclass

from tests.faults.canaries import worries_in
from tests.faults.town import Town
from tests.slack.workspace import Post
from tests.telegram.shapes import Message


@dataclass(frozen=True, slots=True)
class Standing:
    """A worry in one room. id: as its buttons carry it."""

    number: int
    id: str
    post: Post | Message


class Board:
    """Looks only at what is new since it looked last."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._seen_slack = self._seen_telegram = 0
        self.slack: dict[int, Standing] = {}
        self.telegram: dict[int, Standing] = {}
        self.letters = 0

    def look(self) -> None:
        posts, messages = self._town.slack.workspace.posts, self._town.telegram.chats.messages
        for post in posts[self._seen_slack :]:
            if post.bot and not post.thread_ts and post.channel in self._town.channels:
                self._note(self.slack, post, str(post.blocks), _slack_id(post))
            post.asked = {}  # the ledger has it
        for message in messages[self._seen_telegram :]:
            if message.by_bot and message.chat.id in self._town.groups:
                self._note(self.telegram, message, message.text, _telegram_id(message))
            message.asked = {}
        self._seen_slack, self._seen_telegram = len(posts), len(messages)

    def _note(self, board: dict[int, Standing], post: Post | Message, words: str, worry_id: str) -> None:
        self.letters += 1
        for number in worries_in(words) if worry_id else ():
            board.setdefault(number, Standing(number, worry_id, post))

    def find(self, number: int) -> Standing | None:
        self.look()
        return self.slack.get(number) or self.telegram.get(number)


def _slack_id(post: Post) -> str:
    buttons = post.blocks[-1].get("elements", []) if post.blocks else []
    return str(buttons[0].get("value", "")) if buttons else ""


def _telegram_id(message: Message) -> str:
    rows = (message.markup or {}).get("inline_keyboard", [])
    return str(rows[0][0].get("callback_data", "")).partition(":")[2] if rows else ""
