"""Who is on duty and who called talk through the relay; neither learns a name, and nobody else reads along."""

import re

import pytest

from bot.chat.events import Command, Press, Submit
from bot.language import details
from bot.language.spans import Kind, Span
from bot.store import held, members
from tests.scenarios.community import WORRY
from tests.scenarios.danger import SELF, signs
from tests.scenarios.duty import calls, notices, on_duty, told, town
from tests.scenarios.ledger import no_failure, rows
from tests.world import World, spoken

__all__ = ["signs"]
pytestmark = pytest.mark.usefixtures("signs")


async def test_they_talk_for_as_long_as_they_like_and_neither_sees_a_name(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await calls(hana)
    first = ken if notices(ken) else mori
    await first.presses("ひらく")
    await first.presses("返事を書く")
    await first.fills("読みました。いま、おひとりですか。")
    assert hana.sees("お知らせがひとつ")
    await hana.presses("ひらく")
    assert hana.sees("いま、おひとりですか。")
    await hana.presses("返事を書く")
    await hana.fills("家族がいます。")
    await world.later(days=2)  # their turn is over, the talk is not
    await first.presses("ひらく")
    assert first.sees("家族がいます。")
    await first.presses("返事を書く")
    await first.fills("よかったです。またいつでも。")
    assert len([letter for letter in hana.letters if "お知らせ" in letter.body]) == 2
    assert not [post for post in world.slack.posts if post.address.channel == "slack-group-広場"]


async def test_the_number_of_a_line_is_not_taken_for_somebodys(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is on duty must be able to say where to call; any other number is softened."""
    hana, ken, mori, _, _ = await town(world)
    await calls(hana)
    monkeypatch.setattr(details, "find", _every_phone)
    first = ken if notices(ken) else mori
    await first.presses("ひらく")
    await first.presses("返事を書く")
    await first.fills("０１２０－２７９－３３８ か 090-1234-5678 へ")
    await hana.presses("ひらく")
    assert hana.sees("０１２０－２７９－３３８ か ")
    assert not hana.sees("090-1234-5678")


def _every_phone(words: str) -> tuple[Span, ...]:
    return tuple(Span(found.start(), found.end(), Kind.PHONE) for found in re.finditer("[0-9０-９－-]{12,13}", words))


async def test_afterwards_its_author_brings_it_to_the_others_or_closes_it(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await calls(hana)
    await hana.does(Press("worry.mine"))
    await hana.presses(hana.buttons[-1])
    assert hana.sees("もう知らせてあります")
    assert "みなさんにも届ける" not in hana.buttons
    first = ken if notices(ken) else mori
    await first.presses("ひらく")
    await first.presses("返事を書く")
    await first.fills("読みました。")
    await hana.does(Press("worry.mine"))
    await hana.presses(hana.buttons[-1])
    await hana.presses("みなさんにも届ける")
    assert not [post for post in world.slack.posts if SELF in post.message.quote]
    await hana.presses("やめる")  # not yet: what was said with who is on duty is still there
    await hana.does(Press("worry.mine"))
    await hana.presses(hana.buttons[-1])
    await hana.presses("みなさんにも届ける")
    await hana.presses("この内容で届ける")
    assert [row[3] for row in (await rows(world))["worry"]].count("closed") == 1
    assert [post.message.quote for post in world.slack.posts if post.address.channel == "slack-group-広場"] == [SELF]


async def test_its_author_closes_it_and_nobody_is_called_any_more(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await calls(hana)
    await hana.does(Press("worry.mine"))
    await hana.presses(hana.buttons[-1])
    await hana.presses("ここまでにする")
    await hana.presses("はい、閉じます")
    first = ken if notices(ken) else mori
    with no_failure():
        gone = await first.presses("ひらく")
    assert gone and SELF not in spoken(gone)
    await world.later(days=1)
    assert sum(told(ken, mori, sato, abe)) <= 1
    assert SELF.encode() not in world.files()


async def test_only_who_is_on_duty_opens_it_whatever_button_they_make(world: World) -> None:
    hana, *_ = await town(world)
    yoko = await world.person("yoko", world.slack)
    await calls(hana)
    (left,) = [row[0] for row in (await rows(world))["worry"]]
    for action in ("danger.open", "danger.answer", "danger.publish", "worry.reply", "worry.thread", "worry.closed"):
        with no_failure():
            answer = await yoko.does(Press(action, str(left)))
        assert answer and SELF not in spoken(answer)
        assert yoko.form is None
    await on_duty(world, yoko)
    assert await yoko.does(Press("danger.open", str(left)))
    assert yoko.sees(SELF)


async def test_a_form_is_refused_whose_writer_may_no_longer_open_it(world: World) -> None:
    hana, _, _, sato, _ = await town(world)
    await calls(hana)
    (left,) = [str(row[0]) for row in (await rows(world))["worry"]]
    await sato.does(Press("danger.answer", left))
    form, sato.form = sato.form, None
    assert form
    await sato.does(Press("coordinating.stepped_down"))
    with no_failure():
        answer = await sato.does(Submit(form.name, {"text": "読みました。"}, form.argument))
    assert answer
    assert "ここでは見られません" in answer.body
    assert (await rows(world))["answer"] == []


async def test_no_row_and_no_letter_says_who_called(world: World) -> None:
    """The same rows, but for random ids and sealed values, whoever it was."""
    hana, *_ = await town(world)
    address = world.event(hana, Command("menu")).private
    member = await world.house.database.read(lambda session: members.find(session, address))
    before = await rows(world)
    await calls(hana)
    after = await rows(world)
    assert member
    tables = ("worry", "review", "occurrence", "outbox")
    new = [row for name in tables for row in after[name] if row not in before[name]]
    assert len(new) >= 4
    assert member.id not in repr(new)
    assert hana.id not in repr(new)
    assert SELF not in repr(new)


async def test_a_coordinator_sees_that_it_waits_and_not_whose_it_is(world: World) -> None:
    hana, *_ = await town(world)
    await calls(hana)
    (left,) = [str(row[0]) for row in (await rows(world))["worry"]]
    assert await world.house.database.read(lambda session: held.waits(session, left))
    assert (await world.house.database.read(lambda session: held.find(session, left))).text == SELF


async def test_an_ordinary_worry_is_not_held(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    assert (await rows(world))["review"] == []
    assert sum(told(ken, mori)) == 0
