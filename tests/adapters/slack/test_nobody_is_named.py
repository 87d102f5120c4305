"""A worry's way through the whole wire: nothing the bot sends carries anybody's id, name, real name or handle."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.slack.blocks import Json
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack, Mode, open_slack
from tests.slack.socket_mode import Kind
from tests.slack.workspace import BOT
from tests.world import HeldClock, spoken

WORRY = "訪問しても親御さんばかりお話しになって、本人の気持ちが聞けません。"
ANSWER = "返信は急がなくて大丈夫ですよ。まず手紙を一通、置いてみませんか。"
THANKS = "ありがとうございます。手紙、書いてみます。"

ADDRESS = {
    "channel",
    "user",
    "users",
    "user_id",
    "trigger_id",
    "view_id",
    "ts",
    "thread_ts",
    "cursor",
    "oldest",
    "token",
}
"""Arguments that say where something goes; everything else is what is said there."""


class Tapped(FakeSlack):
    """Also keeps what the bot answers to a delivery. acks: (who acted, what came back)."""

    def __init__(self, slack: FakeSlack) -> None:
        self.__dict__.update(slack.__dict__)
        self.acks: list[Json] = []

    async def deliver(self, kind: Kind, payload: Json, *, echo: bool = False) -> Json | None:
        ack = await super().deliver(kind, payload, echo=echo)
        self.acks.append(ack or {})
        return ack


@dataclass
class Scene:
    town: SlackHouse
    slack: Tapped
    square: str
    hana: SlackPerson
    sato: SlackPerson
    names: dict[str, list[str]] = field(default_factory=dict)
    """By person: everything by which they could be known."""

    def said(self) -> Iterator[tuple[str, str]]:
        """(how, what) of everything that left the bot."""
        for method, arguments in self.slack.workspace.calls:
            yield method, words({name: value for name, value in arguments.items() if name not in ADDRESS})
        for post in self.slack.workspace.by_bot():
            yield "post", words([post.text, post.blocks, post.metadata, content(post.asked)])
        for each in self.slack.workspace.ephemerals:
            yield "ephemeral", words([each.text, each.blocks, content(each.asked)])
        for door in self.slack.doors.response_urls.values():
            yield "response", words(door.bodies)
        for ack in self.slack.acks:
            yield "ack", words(ack)
        for posted in self.town.world.telegram.posts:
            yield "beside", spoken(posted.message) + words([button.argument for button in posted.message.buttons])

    def spoken_in_chats(self) -> str:
        """What stands, or stood for a moment, anywhere but in a dialog or on a home."""
        return "\n".join(what for how, what in self.said() if not how.startswith("views.") and how != "ack")


def content(asked: Mapping[str, Any]) -> Json:
    return {name: value for name, value in asked.items() if name not in ADDRESS}


def words(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def named(scene: Scene, person: SlackPerson, real: str, handle: str, shown: str) -> None:
    user = scene.slack.workspace.users[person.id]
    user.real_name, user.name, user.display_name = real, handle, shown
    scene.names[person.id] = [person.id, person.im, real, handle, shown, *real.split()]


@pytest.fixture(params=["socket", "http"])
async def scene(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    mode: Mode = request.param
    async with open_slack(mode) as opened:
        slack = Tapped(opened)
        async with open_slack_house(tmp_path, slack, HeldClock()) as town:
            square = await town.place("hiroba")
            hana = await town.member("zhanaz", Role.SUPPORTER, square)
            sato = await town.member("zsatoz", Role.COORDINATOR, square)
            scene = Scene(town, slack, square, hana, sato)
            named(scene, hana, "カナリア花田 カナリア花子", "hana.handle.canary", "はなちゃん＠カナリア")
            named(scene, sato, "カナリア佐藤 カナリア里子", "sato.handle.canary", "さとちゃん＠カナリア")
            yield scene


async def test_nobody_is_named_on_a_worrys_way(scene: Scene) -> None:
    town, hana, sato, square = scene.town, scene.hana, scene.sato, scene.square
    ken = await town.beside("ken")
    here = await town.world.group(town.world.telegram, "広場")

    await hana.opens_home()
    await town.settled()
    hana.look()
    await hana.says(f"<@{sato.id}> さんに聞くほどではないのですが、悩んでいます")
    await hana.mentions(square, f"<@{sato.id}> 親の会のこと")
    await town.settled()

    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.fills(WORRY, None)
    await hana.sees_soon("この内容で届ける")
    await town.settled()
    assert WORRY not in scene.spoken_in_chats(), "nothing of a worry stands in a chat before it is shared"
    await hana.presses("この内容で届ける")
    await hana.sees_soon("お届けしています")
    await town.settled()
    await hana.closes(everything=True)

    sato.look(square)
    assert sato.sees(WORRY)
    await sato.presses("返信する")
    await sato.sees_soon("1,000文字まで")
    await sato.fills(ANSWER)
    await town.settled()
    ken.place = here
    await ken.presses("返信する")
    ken.place = ""
    await ken.presses("はじめる")
    await ken.says("わたしも、同じことで悩みました。")
    await town.settled()

    await hana.presses("ひらく")
    await town.settled()
    assert hana.modal
    await hana.presses("返事を書く")
    await hana.sees_soon("1,000文字まで")
    await hana.fills(THANKS)
    await town.settled()
    await hana.slash("mydata")
    await town.settled()
    await hana.opens_home()
    await sato.opens_home()
    await town.settled()
    assert hana.errors == sato.errors == []

    said = list(scene.said())
    assert {how for how, _ in said} >= {"chat.postMessage", "chat.postEphemeral", "views.open", "views.publish", "ack"}
    for how, what in said:
        for person, names in scene.names.items():
            found = [name for name in names if name in what]
            assert not found, f"{person} is known by {found} in {how}"
    for post in scene.slack.workspace.by_bot():
        if scene.slack.workspace.channels[post.channel].kind == "im":
            told = words([post.text, post.blocks, post.metadata])
            assert not any(text in told for text in (WORRY, ANSWER, THANKS)), "a notice carries no content"


async def test_what_is_typed_into_the_chat_is_never_said_again(scene: Scene) -> None:
    """A worry typed to the bot, a file, a question: the answer does not repeat it."""
    town, hana = scene.town, scene.hana
    await hana.says(WORRY)
    await hana.mentions(scene.square, WORRY)
    await hana.slash(WORRY, scene.square)
    await town.settled()
    said = list(scene.said())
    assert {how for how, _ in said} >= {"chat.postMessage", "chat.postEphemeral", "views.open"}, "it did answer"
    assert WORRY not in "\n".join(what for _, what in said)
    assert hana.errors == []


def test_the_net_holds_what_it_should(scene: Scene) -> None:
    """A name in any kind of call is found."""
    hana = scene.hana
    scene.slack.workspace.record("chat.postMessage", {"channel": hana.im, "text": f"<@{hana.id}>"})
    scene.slack.workspace.record("views.open", {"trigger_id": "1", "view": {"private_metadata": "hana.handle.canary"}})
    found = [how for how, what in scene.said() if any(name in what for name in scene.names[hana.id])]
    assert found == ["chat.postMessage", "views.open"]
    assert BOT not in scene.names
