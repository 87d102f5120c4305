"""The minutes: made of the notes by who keeps them, sent once to those who were there, and copied without any name."""

import asyncio

from bot.chat.events import Press
from bot.store import conferences
from bot.store.session import Session
from tests.scenarios.meetings import Held, held, titles
from tests.world import Person, World

MINUTES = "検討会の記録（1/1）"


async def written(world: World) -> Held:
    """It is over, and the recorder is offered to make the minutes."""
    meeting = await held(world)
    await meeting.at(13)
    await meeting.hana.presses("はじめる")
    await meeting.writes(meeting.yui, "idea", "手紙を書く")
    await meeting.writes(meeting.ken, "parked", "居場所の予算")
    await meeting.writes(meeting.yui, "question", "だれが会えていますか")
    await meeting.writes_step(meeting.ken, "手紙を1通出す")
    await meeting.at(14, 35)
    return meeting


async def test_the_recorder_looks_it_through_takes_a_line_out_and_sends_it_once_to_those_who_come(
    world: World,
) -> None:
    meeting = await written(world)
    abe = await world.person("abe", world.telegram)
    ken = meeting.ken
    shown = await ken.presses("記録をまとめる")
    assert shown
    assert shown.quote.splitlines() == [
        "◆次の小さな一歩",
        "・手紙を1通出す（支援者、11月24日(火)〜11月29日(日)）",
        "◆アイデア",
        "・手紙を書く",
        "◆質問",
        "・だれが会えていますか",
        "◆あとで話すこと",
        "・居場所の予算",
    ]
    assert shown.body == "この内容を、参加した4人に送ります。送るのは1度だけです。"
    await ken.presses("行をはずす")
    await ken.presses("はずす：手紙を書く")
    await ken.presses("もどす")
    await ken.presses("行をはずす")
    await ken.presses("はずす：居場所の予算")
    shown = await ken.presses("記録をまとめる")
    assert shown
    assert "手紙を書く" in shown.quote
    assert "居場所" not in shown.quote
    assert not titles(meeting.hana, MINUTES), "before that nobody gets it"
    done = await ken.presses("この内容で送る")
    assert done
    assert done.body == "参加した4人に、記録を送りました。"
    assert "学んだことを残す" in [button.label for button in done.buttons]
    for person in (meeting.hana, meeting.mori, meeting.yui, ken):
        assert titles(person, MINUTES) == [MINUTES]
        letter = next(each for each in person.letters if each.title == MINUTES)
        assert letter.quote == shown.quote
        assert [each.label for each in letter.buttons] == ["次の小さな一歩", "コピー用", "学んだことを残す"]
    assert not titles(abe, MINUTES)
    assert not titles(meeting.sato, MINUTES), "who proposed it did not come"
    again = await ken.does(Press("conference.send_minutes", meeting.conference))
    assert again
    assert again.body == "記録は、もう参加者に送られました。"
    late = await meeting.yui.does(Press("conference.write", f"{meeting.conference}.idea"))
    assert late
    assert late.body == "記録は、もう参加者に送られました。"
    assert titles(meeting.yui, MINUTES) == [MINUTES]


async def test_the_copy_is_plain_text_that_a_reader_may_take_along_and_no_one_else(world: World) -> None:
    meeting = await written(world)
    unsent = await meeting.yui.does(Press("conference.copy_minutes", meeting.conference))
    assert unsent
    assert unsent.body.startswith("記録は、まだまとまっていません。")
    await meeting.ken.presses("記録をまとめる")
    await meeting.ken.presses("この内容で送る")
    copied = await meeting.yui.presses("コピー用")
    assert copied
    assert copied.own, "a platform that hinders copying does not here"
    assert copied.quote.splitlines()[:3] == ["事例検討会の記録", "11月24日(火) 13:00", "長く会えていない方への手紙"]
    assert "・手紙を1通出す（支援者、" in copied.quote
    assert len(copied.quote) <= 1500
    abe = await world.person("abe", world.telegram)
    for action in ("copy_minutes", "read_minutes", "minutes", "send_minutes", "choose_lines"):
        refused = await abe.does(Press(f"conference.{action}", meeting.conference))
        assert refused
        assert refused.body == "これは、この検討会に参加する方が使えます。"
    meeting.yui.place = "slack-group-広場"
    aloud = await meeting.yui.does(Press("conference.copy_minutes", meeting.conference))
    assert aloud
    assert not aloud.quote


async def test_only_who_keeps_the_minutes_changes_them(world: World) -> None:
    meeting = await written(world)
    await meeting.ken.presses("記録をまとめる")
    chosen = await meeting.ken.presses("行をはずす")
    assert chosen
    note = chosen.buttons[0].argument
    for action, argument in (
        ("leave_out", note),
        ("put_back", note),
        ("send_minutes", meeting.conference),
        ("choose_lines", meeting.conference),
        ("write_step", meeting.conference),
    ):
        refused = await meeting.yui.does(Press(f"conference.{action}", argument))
        assert refused
        assert refused.body == "これは記録・司会・調整役の方ができることです。"
    waits = await meeting.yui.does(Press("conference.minutes", meeting.conference))
    assert waits
    assert waits.body.startswith("記録は、まだまとまっていません。")
    for keeper in (meeting.hana, meeting.sato):
        shown = await keeper.does(Press("conference.minutes", meeting.conference))
        assert shown
        assert "この内容で送る" in [button.label for button in shown.buttons]
    gone = await meeting.ken.does(Press("conference.leave_out", "x" * 22))
    assert gone
    assert gone.body == "これは、もう残っていません。"


async def test_a_coordinator_removed_in_the_middle_sends_nothing(world: World) -> None:
    meeting = await written(world)
    await meeting.sato.does(Press("conference.minutes", meeting.conference))
    await world.person("abe", world.slack)
    await _steps_down(meeting.sato)
    refused = await meeting.sato.presses("この内容で送る")
    assert refused
    assert refused.body == "これは、この検討会に参加する方が使えます。"
    assert not titles(meeting.hana, MINUTES)


async def _steps_down(sato: Person) -> None:
    await sato.does(Press("coordinating.stepped_down", "anyway"))


async def test_two_who_send_at_once_send_once(world: World) -> None:
    meeting = await written(world)
    press = Press("conference.send_minutes", meeting.conference)
    replies = await asyncio.gather(*(each.does(press) for each in (meeting.ken, meeting.hana, meeting.sato)))
    said = sorted(reply.body for reply in replies if reply)
    assert said == sorted(
        ["参加した4人に、記録を送りました。", *["記録は、もう参加者に送られました。"] * 2],
    )
    assert [titles(each, MINUTES) for each in (meeting.hana, meeting.yui)] == [[MINUTES]] * 2


async def test_long_minutes_are_read_page_by_page(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13)
    for number in range(9):
        await meeting.writes(meeting.yui, "idea", f"{number}" + "あ" * 199)
    await meeting.at(14, 35)
    await meeting.ken.presses("記録をまとめる")
    await meeting.ken.presses("この内容で送る")
    letter = meeting.hana.letters[-1]
    assert letter.title == "検討会の記録（1/2）"
    await meeting.hana.presses("つづきを読む")
    pages = [letter.quote, meeting.hana.hand[-1].quote]
    assert meeting.hana.hand[-1].title == "検討会の記録（2/2）"
    assert all(len(page) <= 1500 for page in pages)
    assert sorted(line[1] for line in "\n".join(pages).splitlines()[1:]) == [str(number) for number in range(9)]


async def test_of_another_date_nothing_is_said_at_the_first(world: World) -> None:
    meeting = await held(world)

    def moved(session: Session) -> None:
        conferences.change(session, meeting.conference, sequence=1)

    await world.house.database.write(moved)
    await meeting.at(15)
    assert not titles(meeting.ken, "記録")
    assert not titles(meeting.hana, "の時間です")
