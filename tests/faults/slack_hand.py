"""Somebody in Slack who does it again until Slack says that it was taken."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.town import Town
from tests.slack.blocks import Json, buttons, inputs, words
from tests.slack.people import TIMED_OUT, SlackPerson
from tests.slack.views import OpenView
from tests.slack.workspace import Ephemeral, Post

TRIES = 60
PATIENCE = 3.0
DONE = "お届けしています"
SPENT = "この書きかけは、もう残っていません"


class GaveUp(Exception):
    """Nothing came, as happens while a bot dies; whatever it was may be begun anew."""


@dataclass(eq=False)
class SlackHand:
    town: Town
    me: SlackPerson

    async def press(self, source: Post | Ephemeral | OpenView, action: str, argument: str) -> None:
        """Until it is taken; a press on the same button is the same act."""
        element = {"type": "button", "action_id": f"{action}#0", "text": {"type": "plain_text", "text": action}}
        element |= {"value": argument} if argument else {}
        block = {"type": "actions", "block_id": "b0", "elements": [element]}
        interactions = self.town.slack.interactions
        for _ in range(TRIES):
            payload = interactions.block_actions(self.me.id, source, block, element)
            if await self.town.slack.deliver("interactive", payload) is not None:
                return
        raise GaveUp(action)

    @property
    def paper(self) -> Post:
        """A message of long ago, whose buttons still stand."""
        return Post(self.me.im, "1700000000.000001", "…", bot="B0BOT", user="U0BOT")

    async def join(self, code: str) -> None:
        for _ in range(TRIES):
            before = self.me.errors.count(TIMED_OUT)
            await self.me.slash(f"join {code}")
            if self.me.errors.count(TIMED_OUT) == before:
                return
        raise GaveUp("join")

    async def write(self, text: str, place: str) -> str:
        """By the dialog, to its preview; the id of the draft."""
        self.me.workspace.views.clear(self.me.id)
        await self.me.slash("worry")
        form = await self._view(lambda view: len(inputs(view["blocks"])) == 2)
        del form
        await self.me.fills(text, place)
        preview = await self._view(lambda view: "worry.post" in str(view))
        return next(str(e["value"]) for _, e in buttons(preview.view["blocks"]) if "worry.post" in e["action_id"])

    async def answer(self, post: Post, worry: str, text: str) -> bool:
        """Whether the bot said that it is on its way."""
        self.me.workspace.views.clear(self.me.id)
        await self.press(post, "worry.reply", worry)
        await self._view(lambda view: bool(inputs(view["blocks"])))
        for _ in range(TRIES):
            before = self.me.errors.count(TIMED_OUT)
            await self.me.fills(text)
            if self.me.errors.count(TIMED_OUT) == before:
                break
        try:
            await self._view(lambda view: not inputs(view["blocks"]) and "少しお待ち" not in str(words(view)))
        except GaveUp:
            return False
        return DONE in self._shown()

    async def read(self, post: Post, answer: str) -> None:
        self.me.workspace.views.clear(self.me.id)
        await self.press(post, "worry.read", answer)
        await self._view(lambda _: True)
        self.me.workspace.views.clear(self.me.id)

    def notices(self) -> list[tuple[Post, str]]:
        """Every one that stands in the direct chat, with the answer it leads to."""
        return [
            (post, str(element.get("value", "")))
            for post in self.me.workspace.standing(self.me.im)
            for _, element in buttons(post.blocks)
            if element["action_id"].startswith("worry.read")
        ]

    def _shown(self) -> str:
        return "\n".join(words(self.me.view)) if self.me.view else ""

    async def _view(self, is_it: Callable[[Json], bool]) -> OpenView:
        workspace = self.me.workspace
        try:
            await workspace.until(lambda: (found := self.me.view) is not None and is_it(found), PATIENCE)
        except AssertionError:
            raise GaveUp("a dialog") from None
        assert self.me.modal
        return self.me.modal
