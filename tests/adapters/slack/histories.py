"""Small scenes of a day in Slack for fresh people, and everything that stands afterwards because of them."""

import re
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from bot.chat.events import Address
from bot.store import members
from bot.store.members import Role
from bot.store.models import Table
from bot.store.session import Session
from tests.adapters.slack.courier import Courier
from tests.adapters.slack.house import SlackHouse
from tests.slack.blocks import Json, words
from tests.slack.people import SlackPerson
from tests.slack.workspace import TEAM, Post

Effects = Counter[tuple[str, ...]]

WORRY = "訪問しても本人の気持ちが聞けません。"
ANSWER = "返信は急がなくて大丈夫ですよ。"
QUESTION = "親ばっかり喋って本人一言も"
CALLS = ("chat.postMessage", "chat.postEphemeral", "views.open", "views.publish")
_NAMED = re.compile(r"[^\s：「」]+(?=」?さん)")
"""Pseudonyms are drawn anew each time."""

_COUNTED = re.compile(r"◯\d+ △\d+ ✕\d+|（\d+人が回答）")
"""Who looks later sees more answers."""


@dataclass
class Stage:
    """One house for all histories; square: its place. poll: the card that stands there."""

    town: SlackHouse
    square: str
    poll: Post
    newcomers: int = 0


Scene = Callable[[Stage, list[SlackPerson]], Coroutine[Any, Any, None]]


async def share_and_be_answered(stage: Stage, people: list[SlackPerson]) -> None:
    """A worry by dialog, an answer by dialog, a notice without content, the answer in a dialog."""
    author, replier = people
    await author.slash("worry")
    await author.sees_soon("どんなことで困っていますか")
    await author.fills(WORRY)
    await author.sees_soon("この内容で届ける")
    draft = next(each.element["value"] for each in author.pressables if each.label == "この内容で届ける")
    await author.presses("この内容で届ける")
    await author.sees_soon("お届けしています")
    worry = next(each.element["value"] for each in author.pressables if each.label == "解決しました")
    assert draft != worry

    def stands() -> list[Json]:
        found = [post for post in stage.town.slack.workspace.by_bot(stage.square) if not post.thread_ts]
        return [post.blocks[-1] for post in found if post.blocks[-1]["elements"][0].get("value") == worry]

    await stage.town.slack.workspace.until(stands, hope="the worry standing in its place")
    button = stands()[0]
    post = next(each for each in stage.town.slack.workspace.posts if button in each.blocks)
    payload = stage.town.slack.interactions.block_actions(replier.id, post, button, button["elements"][0])
    await replier._interact("interactive", payload)
    await replier.sees_soon("1,000文字まで")
    await replier.fills(ANSWER)
    await replier.sees_soon("お届けしています")
    await author.closes(everything=True)
    await author.sees_soon("お知らせがひとつ")
    await author.presses("ひらく")
    await author.sees_soon(ANSWER)


async def answer_dates(stage: Stage, people: list[SlackPerson]) -> None:
    [voter] = people
    first, second = (block for block in stage.poll.blocks if block["type"] == "actions")
    for block, element, said in ((first, 0, "「◯」で"), (second, 1, "「△」で")):
        pressed = stage.town.slack.interactions.block_actions(voter.id, stage.poll, block, block["elements"][element])
        await voter._interact("interactive", pressed)
        await voter.sees_soon(said)


async def ask_alone(stage: Stage, people: list[SlackPerson]) -> None:  # noqa: ARG001
    [person] = people
    await person.says(QUESTION)
    await person.sees_soon("近いところ")


async def ask_in_the_square(stage: Stage, people: list[SlackPerson]) -> None:
    """The answer is for their eyes; then they show it to all."""
    [person] = people
    await person.mentions(stage.square, QUESTION)
    await person.sees_soon("皆にも見せる")
    await person.presses("皆にも見せる")
    await person.sees_soon("皆に見えるように出しました")


async def look_home(stage: Stage, people: list[SlackPerson]) -> None:  # noqa: ARG001
    [person] = people
    await person.opens_home()
    await person.sees_soon("これからの事例検討会")


async def leave_for_later(stage: Stage, people: list[SlackPerson]) -> None:  # noqa: ARG001
    [person] = people
    await person.slash("worry")
    await person.sees_soon("どんなことで困っていますか")
    await person.presses("あとで")
    await person.sees_soon("7日間取っておきます")
    await person.says(QUESTION)
    await person.sees_soon("近いところ")


SCENES: Mapping[str, tuple[Scene, tuple[str, ...]]] = {
    "worry": (share_and_be_answered, ("author", "replier")),
    "dates": (answer_dates, ("voter",)),
    "question": (ask_alone, ("asker",)),
    "mention": (ask_in_the_square, ("asker",)),
    "home": (look_home, ("guest",)),
    "later": (leave_for_later, ("writer",)),
}


async def arrive(stage: Stage, courier: Courier, scene: str) -> dict[str, SlackPerson]:
    """Fresh members for one scene, by their roles in it."""
    found: dict[str, SlackPerson] = {}
    for role in SCENES[scene][1]:
        stage.newcomers += 1
        user = stage.town.slack.person(f"P{stage.newcomers}", [stage.square]).id
        found[f"{scene}.{role}"] = SlackPerson(courier, user)
    now = stage.town.house.clock()

    def enter(session: Session) -> None:
        for person in found.values():
            members.enter(session, Address("slack", TEAM, person.id), Role.SUPPORTER, "ja", now)

    await stage.town.house.database.write(enter)
    return found


async def stands(stage: Stage, people: list[tuple[str, SlackPerson]]) -> Effects:
    """Rows, posts, whispers, screens and calls, with roles for names."""
    await stage.town.settled()
    await stage.town.world.later(seconds=3)  # the card shows what was answered last
    effects: Effects = await stage.town.house.database.read(_rows)
    space = stage.town.slack.workspace
    where = {person.im: role for role, person in people} | {stage.square: "square"}
    keys = [post.metadata["event_payload"]["key"] for post in space.by_bot() if post.metadata]
    assert len(keys) == len(set(keys)), "a letter arrived twice"
    for post in space.by_bot():
        if post is not stage.poll:
            told = "letter" if post.metadata else "answer"
            effects[told, where[post.channel], "under" if post.thread_ts else "", *_words(post.blocks)] += 1
    for whisper in space.ephemerals:
        role = next(role for role, person in people if person.id == whisper.user)
        effects["whisper", role, *_words(whisper.blocks)] += 1
    for role, person in people:
        assert person.errors == [], f"{role}: {person.errors}"
        for view in (person.modal, space.views.homes.get(person.id)):
            effects["view", role, *(_words(view.view["blocks"]) if view else ())] += 1
    for method in CALLS:
        effects["call", method] += len(space.called(method))
    voters = sum(role == "dates.voter" for role, _ in people)
    if voters:
        card = "\n".join(words(stage.poll.blocks))
        assert f"◯{voters} △0 ✕0\n" in card, card
        assert f"◯0 △{voters} ✕0" in card, card
    return +effects


def _words(blocks: list[Json]) -> list[str]:
    return [_COUNTED.sub("＊", _NAMED.sub("＊", each)) for each in words(blocks)]


def _rows(session: Session) -> Effects:
    tables = Table.metadata.tables
    effects: Effects = Counter()
    for name in ("worry", "answer", "itemkey", "member"):
        effects["rows", name] = int(session.scalar(select(func.count()).select_from(tables[name])) or 0)
    draft, vote, inbox, outbox = (tables[name].c for name in ("draft", "vote", "inbox", "outbox"))
    effects.update(("draft", row.kind) for row in session.rows(select(draft.kind)))
    effects.update(("vote", str(row.number), row.value) for row in session.rows(select(vote.number, vote.value)))
    effects.update(
        ("inbox", row.state, str(row.event is None)) for row in session.rows(select(inbox.state, inbox.event))
    )
    unsettled = session.rows(select(outbox.state).where(outbox.state != "delivered"))
    effects.update(("outbox", row.state) for row in unsettled)
    return effects


async def forget(stage: Stage, people: list[tuple[str, SlackPerson]]) -> None:
    """The next history begins with nobody and nothing but the poll."""
    gone = [Address("slack", TEAM, person.id) for _, person in people]

    def leave(session: Session) -> None:
        for address in gone:
            member = members.find(session, address)
            if member:
                members.leave(session, member.id)
        for name in ("answer", "worry", "itemkey", "draft", "inbox"):
            session.run(delete(Table.metadata.tables[name]))

    await stage.town.house.database.write(leave)
    space = stage.town.slack.workspace
    for _, person in people:
        space.channels.pop(person.im)
        space.users.pop(person.id)
        space.channels[stage.square].members.discard(person.id)
    space.posts[:] = [stage.poll]
    space.ephemerals.clear()
    space.calls.clear()
    space.views.stacks.clear()
    space.views.homes.clear()
