"""書き出す: everything that is kept of one person, whole, in that person's hand alone."""

import json
from typing import Any

import pytest

from bot.adapters.console import render as console
from bot.adapters.slack.dialogs import Dialogs
from bot.adapters.slack.render import Renderer as SlackRenderer
from bot.adapters.telegram.harmless import JOINER
from bot.adapters.telegram.render import Renderer as TelegramRenderer
from bot.chat.events import Press
from bot.chat.messages import Message
from bot.store import inbox
from bot.store.everything import Everything, OwnAnswer, OwnVote, OwnWorry
from bot.store.members import Role
from bot.views import export
from bot.views.cards import mydata
from tests.scenarios.ledger import counts
from tests.scenarios.test_erasing import MINE, OTHERS, SAID, replies, shares
from tests.world import START, Person, World

SHARP = 'a < b & "引用" \\ *x* `y`\n@ken #tag /help https://example.jp/ 090-1234-5678 ' * 13


async def exported(person: Person) -> list[dict[str, Any]]:
    """Every page, as one who presses 続き reads them."""
    await person.commands("mydata")
    page = await person.presses("書き出す")
    pages = []
    while page:
        pages.append(json.loads(page.quote))
        page = await person.presses("続き") if page.buttons else None
    return pages


async def test_it_holds_everything_of_mine_and_nothing_of_anyone_else(world: World) -> None:
    await world.group(world.slack, "広場")
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await shares(hana, MINE[0])
    await replies(hana, await shares(ken, OTHERS), SAID)
    await sato.does(Press("conference.new"))
    await sato.fills("居場所づくり", "12/3 14:00\n12/4 14:00")
    await hana.does(Press("conference.vote", world.slack.posts[-1].message.buttons[0].argument.split(".")[0]))
    await hana.fills("◯ 行けます", "✕ 行けません")
    await hana.commands("worry")
    await hana.fills("まだ届けていないことばです。")

    kept = await hana.commands("mydata")
    assert kept
    for words in ("開いている悩み：1件", "返信：1件", "検討会：1件", "書きかけ：1件"):
        assert words in kept.body
    (page,) = await exported(hana)
    assert (page["役割"], page["参加した日"]) == ("支援者", "2026-11-24")
    assert [each["ことば"] for each in page["悩み"]] == [MINE[0]]
    assert [(each["何番目の返信"], each["ことば"]) for each in page["返信"]] == [("1", SAID)]
    assert [(each["テーマ"], each["答え"]) for each in page["日程への答え"]] == [
        ("居場所づくり", "◯ 行けます"),
        ("居場所づくり", "✕ 行けません"),
    ]
    assert page["書きかけ"] == ["まだ届けていないことばです。"]
    for each in world.people:
        assert each.id not in json.dumps(page, ensure_ascii=False)
    assert OTHERS not in json.dumps(page, ensure_ascii=False)


async def test_nothing_kept_is_said_as_well(world: World) -> None:
    hana = await world.person("hana", world.slack)
    assert await exported(hana) == [{"役割": "支援者", "参加した日": "2026-11-24"}]


async def test_many_worries_come_page_by_page_and_none_is_left_out(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    written = [f"{number}番目。" + "悩" * 900 for number in range(9)]
    for words in written:
        await shares(hana, words)
    pages = await exported(hana)
    assert len(pages) > 2
    assert sorted(each["ことば"] for page in pages for each in page["悩み"]) == written


@pytest.mark.parametrize("argument", ["0", "99", "x", "-1", "٣"])
async def test_a_page_that_is_not_there_is_refused_or_the_first(world: World, argument: str) -> None:
    hana = await world.person("hana", world.slack)
    answer = await hana.does(Press("mydata.export", argument))
    assert answer and (answer.title.startswith("書き出したもの（1/1") or "もう使えません" in answer.body)


async def test_not_where_others_read_along(world: World) -> None:
    hana = await world.person("hana", world.slack)
    hana.place = await world.group(world.slack, "広場")
    answer = await hana.does(Press("mydata.export"))
    assert answer and "ふたりだけの場所" in answer.body and not answer.quote


@pytest.mark.parametrize("platform", ["slack", "telegram"])
async def test_after_a_restart_it_is_no_letter_and_stands_in_no_chat(world: World, platform: str) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", getattr(world, platform))
    await shares(hana, MINE[0])
    before = await counts(world)
    event = world.event(hana, Press("mydata.export"))
    await world.house.database.write(lambda session: inbox.receive(session, event, START))
    adapter = world.house.adapters.pop(platform)
    await world.house.pipeline.resume(world.house.clock())
    assert (await counts(world))["outbox"] == before["outbox"] + 1
    world.house.adapters[platform] = adapter
    await world.house.settled()
    await world.later(minutes=6)
    assert [button.label for button in hana.letters[-1].buttons] == ["メニューをひらく"], "nobody is met with silence"
    assert not any(MINE[0] in message.quote for message in hana.letters)


def longest(world: World) -> list[Message]:
    """Pages full of what could come to life or be cut."""
    text = world.house.text
    kept = Everything(
        tuple(OwnWorry("suzuran.999", SHARP[:1000], START) for _ in range(4)),
        tuple(OwnAnswer("suzuran.999", 12345678, "\n" * 1000) for _ in range(4)),
        (OwnVote("題" * 80, START, "yes"),),
        ("\U0001f468‍\U0001f469‍\U0001f467" * 200,),
    )
    pages = export.pages(text, kept, role="supporter", since="2026-11-24")
    assert all(len(page) <= export.PAGE for page in pages)
    return [mydata.exported(text, page, number, len(pages)) for number, page in enumerate(pages, 1)]


async def test_every_page_is_whole_in_a_dialog_of_slack(world: World) -> None:
    dialogs = Dialogs(SlackRenderer("/yorisoi", ["mydata"]))
    for message in longest(world):
        view = dialogs.message(message, world.house.text)
        shown = "".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")
        assert json.loads(shown) == json.loads(message.quote)


async def test_every_page_is_whole_on_telegram_and_nothing_in_it_comes_to_life(world: World) -> None:
    for message in longest(world):
        parts = TelegramRenderer([]).parts(message, alone=True)
        assert not any(part.protected for part in parts), "or nobody could copy it"
        shown = "\n".join(part.text for part in parts).replace(JOINER, "")
        quoted = shown[shown.index("{") : shown.rindex("}") + 1]
        assert json.loads(quoted, strict=False)


async def test_every_page_is_whole_in_the_console(world: World) -> None:
    for message in longest(world):
        assert len(message.quote) <= console.LONGEST_SLOT
