"""The next small steps: taken, done, gone on with or let go; one letter before the window closes, and never locked."""

from bot.chat.events import Press
from bot.chat.messages import Message
from tests.scenarios.meetings import Held, held, titles
from tests.world import Person, World

STEP = "手紙を1通出す"
CLOSING = "この一歩は、そろそろ期間の終わりです"


async def written(world: World, window: str = "week") -> Held:
    """It is held on Tuesday 24 November; this week ends on Sunday the 29th."""
    meeting = await held(world)
    await meeting.at(13)
    await meeting.writes_step(meeting.ken, STEP, window)
    return meeting


async def steps(meeting: Held, person: Person) -> Message:
    shown = await person.does(Press("conference.steps", meeting.conference))
    assert shown
    return shown


async def opens(meeting: Held, person: Person) -> Message:
    await steps(meeting, person)
    shown = await person.presses(f"ひらく：{STEP}")
    assert shown
    return shown


async def test_on_telegram_a_step_is_written_question_by_question(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13)
    await meeting.hana.does(Press("conference.write_step", meeting.conference))
    await meeting.hana.fills("保健所に電話する", "関係機関", "2週間のうち")
    assert meeting.hana.sees("書きとめました")
    assert (await steps(meeting, meeting.yui)).quote == ("・ 保健所に電話する（関係機関、11月24日(火)〜12月7日(月)）")


async def test_one_takes_it_and_another_is_told_kindly(world: World) -> None:
    meeting = await written(world)
    shown = await opens(meeting, meeting.mori)
    assert shown.note == "引き受ける方を待っています。"
    await opens(meeting, meeting.yui)
    await meeting.mori.presses("わたしがします")
    late = await meeting.yui.presses("わたしがします")
    assert late
    assert late.body == "この一歩は、ほかの方が引き受けてくださいました。ありがとうございます。"
    mine = await meeting.mori.presses("わたしの一歩")
    assert mine
    assert STEP in mine.quote
    listed = await meeting.mori.commands("conference")
    assert listed
    assert listed.buttons[-1].label == "わたしの一歩（1）"
    listed = await meeting.yui.commands("conference")
    assert listed
    assert not any("わたしの一歩" in button.label for button in listed.buttons)


async def test_the_holder_hears_once_on_the_last_working_morning(world: World) -> None:
    meeting = await written(world)
    await opens(meeting, meeting.mori)
    await meeting.mori.presses("わたしがします")
    await meeting.at(8, 59, day=27)
    assert not titles(meeting.mori, CLOSING)
    await meeting.at(9, 0, day=27)
    assert titles(meeting.mori, CLOSING) == [CLOSING], "Sunday is the last day, Friday its last working morning"
    await meeting.at(12, 0, day=10, month=12)
    assert titles(meeting.mori, CLOSING) == [CLOSING]
    assert not titles(meeting.yui, CLOSING)


async def test_gone_on_with_its_window_moves_by_one_length_and_done_nobody_hears_of_it(world: World) -> None:
    meeting = await written(world)
    await opens(meeting, meeting.mori)
    await meeting.mori.presses("わたしがします")
    changed = await meeting.mori.presses("つづける")
    assert changed
    assert changed.body == "支援者、11月30日(月)〜12月6日(日)"
    await meeting.at(18, 0, day=27)
    assert not titles(meeting.mori, CLOSING), "of the window before nothing is said"
    done = await meeting.mori.presses("できた")
    assert done
    assert done.title == "できましたね。おつかれさまでした"
    await meeting.at(18, 0, day=7, month=12)
    assert not titles(meeting.mori, CLOSING)
    again = await meeting.mori.presses("もう一度つづける")
    assert again
    assert again.body == "支援者、12月7日(月)〜12月13日(日)", "the window before is over"


async def test_let_go_it_waits_for_others_and_nobody_hears(world: World) -> None:
    meeting = await written(world)
    await opens(meeting, meeting.mori)
    await meeting.mori.presses("わたしがします")
    freed = await meeting.mori.presses("手放す")
    assert freed
    assert freed.note == "引き受ける方を待っています。"
    await meeting.at(18, 0, day=30)
    assert not titles(meeting.mori, CLOSING)
    await opens(meeting, meeting.yui)
    await meeting.yui.presses("わたしがします")
    assert meeting.yui.sees("引き受けていただきました")


async def test_never_locked_whoever_took_part_changes_it_long_after_and_nobody_else(world: World) -> None:
    meeting = await written(world)
    await opens(meeting, meeting.mori)
    await meeting.mori.presses("わたしがします")
    abe = await world.person("abe", world.telegram)
    await meeting.at(12, 0, day=20, month=12)
    shown = await opens(meeting, meeting.yui)
    assert shown.note == "引き受けている方がいます。参加した方なら、どなたでも変えられます。"
    await meeting.yui.presses("期間を変える")
    moved = await meeting.yui.presses("今月中")
    assert moved
    assert moved.body == "支援者、12月20日(日)〜12月31日(木)"
    step = moved.buttons[0].argument
    for action in ("step", "take_step", "step_done", "step_on", "step_again", "let_go_step", "step_window"):
        refused = await abe.does(Press(f"conference.{action}", step))
        assert refused
        assert refused.body == "これは、この検討会に参加する方が使えます。"
    for argument in (f"{step}.tomorrow", f"{step}.", "x"):
        refused = await meeting.yui.does(Press("conference.step_moved", argument))
        assert refused
        assert STEP not in refused.quote
    await meeting.at(9, 0, day=28, month=12)
    assert titles(meeting.mori, CLOSING) == [CLOSING] * 2, (
        "once for each window; the year's end has no working mornings"
    )


async def test_when_the_holder_leaves_who_is_responsible_hears_how_many_and_not_who(world: World) -> None:
    meeting = await written(world)
    await meeting.writes_step(meeting.ken, "居場所を見に行く")
    await opens(meeting, meeting.mori)
    await meeting.mori.presses("わたしがします")
    await meeting.yui.does(Press("mydata.erased"))
    assert not titles(meeting.sato, "引き受ける方のいない"), "who held nothing leaves nothing"
    await meeting.mori.does(Press("mydata.erased"))
    told = titles(meeting.sato, "引き受ける方のいない")
    assert told == ["次の小さな一歩のうち、引き受ける方のいないものが2件あります。"]
    await meeting.sato.presses("次の小さな一歩")
    assert STEP in meeting.sato.hand[-1].quote
    await opens(meeting, meeting.hana)
    await meeting.hana.presses("わたしがします")
    assert meeting.hana.sees("引き受けていただきました")


async def test_a_house_that_slept_through_the_window_says_nothing_of_it(world: World) -> None:
    meeting = await written(world)
    await opens(meeting, meeting.mori)
    await meeting.mori.presses("わたしがします")
    now = world.house.clock()
    world.house.clock.advance(now.replace(day=30, hour=3) - now)
    await world.house.runner.tick()
    await world.house.settled()
    assert not titles(meeting.mori, CLOSING)
