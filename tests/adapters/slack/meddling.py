"""A client that was tampered with: it sends what no screen of ours offers, and this is how every try must end."""

import copy
from typing import Any

from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse
from tests.scenarios.ledger import inbox, no_failure, rows
from tests.slack.blocks import Json, words
from tests.slack.people import SlackPerson
from tests.slack.screen import Pressable
from tests.slack.views import OpenView

WORRY = "本人に会えないまま一年がたちました。"
GONE = "閉じられたか、ここでは見られません"
NO_DRAFT = "この書きかけは、もう残っていません"
NO_PREVIEW = "この下書きは、もうありません"
STALE = "このボタンはもう使えません"
COORDINATORS = "調整役の方ができること"
NO_MEMBER = "招待コード"


async def community(town: SlackHouse) -> tuple[SlackPerson, SlackPerson, SlackPerson, str]:
    """hana and ken are supporters, sato coordinates; all three are in one place."""
    square = await town.place("hiroba")
    hana, ken = await town.member("hana", Role.SUPPORTER, square), await town.member("ken", Role.SUPPORTER, square)
    return hana, ken, await town.member("sato", Role.COORDINATOR, square), square


async def asks_for_the_dialog(person: SlackPerson) -> None:
    if person.modal:
        await person.closes(everything=True)
    await person.slash("worry")
    await person.sees_soon("どんなことで困っていますか")


async def previews(person: SlackPerson, text: str = WORRY) -> str:
    """Writes a worry and stops before sharing it; returns the id of the draft."""
    await asks_for_the_dialog(person)
    await person.fills(text)
    await person.sees_soon("この内容で届ける")
    return argument(person, "この内容で届ける")


async def shares(town: SlackHouse, person: SlackPerson, square: str) -> str:
    """Returns the id of the worry."""
    await previews(person)
    await person.presses("この内容で届ける")
    await person.sees_soon("お届けしています")
    await town.settled()
    await person.closes(everything=True)
    person.look(square)
    worry = argument(person, "返信する")
    person.look()
    return worry


async def proposes(town: SlackHouse, sato: SlackPerson) -> str:
    """Returns the id of the conference."""
    await sato.slash("conference")
    await sato.sees_soon("日程を相談する")
    await sato.presses("日程を相談する")
    await sato.sees_soon("支援会議")
    await sato.presses("事例検討会")
    await sato.sees_soon("テーマ")
    await sato.fills("居場所づくり", "12/14 14:00\n12/15 10:00")
    await sato.sees_soon("日程を決める")
    await town.settled()
    return argument(sato, "日程を決める")


async def menu(person: SlackPerson) -> Pressable:
    """Opens it and puts a finger on its first button."""
    await person.slash("")
    await person.sees_soon("何をしましょうか")
    return person.pressables[0]


def in_front(person: SlackPerson, label: str) -> Pressable:
    return next(each for each in person.pressables if each.label == label)


def argument(person: SlackPerson, label: str) -> str:
    return str(in_front(person, label).element.get("value", ""))


def pressed(town: SlackHouse, person: SlackPerson, on: Pressable, action: str, value: str) -> Json:
    """A press as Slack sends it, with an action and a value of one's own. on: the button that was really pressed."""
    element = {**on.element, "action_id": f"{action}#0", "value": value}
    return town.slack.interactions.block_actions(person.id, on.source, on.block, element)


def opened(person: SlackPerson) -> OpenView:
    assert person.modal, f"{person.id} has no dialog open"
    return person.modal


def submitted(town: SlackHouse, opened: OpenView, person: SlackPerson, **changed: Any) -> Json:
    """A submission as Slack sends it, by somebody who changed these parts of the view."""
    view = copy.deepcopy(opened)
    view.user = person.id
    payload = town.slack.interactions.view_submission(view)
    return payload | {"view": payload["view"] | changed}


async def refused(town: SlackHouse, person: SlackPerson, payload: Json, said: str) -> None:
    """They are told kindly, alone; no row changes beside the inbox, and nobody else sees anything."""
    before, seen = await rows(town.world, "meta"), _seen_by_others(town, person)
    whispers, shown = len(person.whispers), _screen(person)
    with no_failure():
        ack = await town.slack.deliver("interactive", payload)
        await town.settled()
    assert ack is not None, "Slack waits for an answer"
    told = words(ack.get("view")) + list((ack.get("errors") or {}).values())
    if not told:
        assert _screen(person) != shown or len(person.whispers) > whispers, "they are left without a word"
        told = words(person.modal.view["blocks"]) if person.modal else words(person.whispers[-1].blocks)
    assert any(said in each for each in told), f"{said!r} is not in {told}"
    assert await rows(town.world, "meta") == before
    assert ("new", True) not in await inbox(town.world)
    assert _seen_by_others(town, person) == seen


def _screen(person: SlackPerson) -> tuple[str, str]:
    """What changes with everything that is shown in a dialog."""
    return (person.modal.id, person.modal.hash) if person.modal else ("", "")


def _seen_by_others(town: SlackHouse, person: SlackPerson) -> list[str]:
    """Every post, and whatever stands in front of anybody else."""
    space = town.slack.workspace
    posts = [repr((post.channel, post.ts, post.text, post.blocks, post.deleted)) for post in space.posts]
    views = [repr(view.view) for user, stack in space.views.stacks.items() if user != person.id for view in stack]
    homes = [repr(home.view) for user, home in space.views.homes.items() if user != person.id]
    whispers = [repr(each) for each in space.ephemerals if each.user != person.id]
    return [*posts, *views, *homes, *whispers]
