"""What holds for a question holds for what goes on from it, and for what waits of it in a dialog."""

from dataclasses import replace

import pytest

from bot.chat.events import Press, Submit
from bot.store import drafts
from bot.views import forms
from tests.scenarios.community import community
from tests.scenarios.danger import SELF, signs
from tests.scenarios.test_handbook import KNOWN, OUTSIDE, asked
from tests.scenarios.test_handbook_ways import GAP, NAMED, gaps_left
from tests.world import World, spoken

__all__ = ["signs"]


async def test_what_a_whole_group_has_read_stays_read_after_a_question_that_goes_on_from_it_alone(world: World) -> None:
    hana, _, _ = await community(world)
    hana.place = await world.group(world.telegram, "詰所")
    await hana.commands("ask", KNOWN)
    hana.place = ""
    await hana.says("もう少し具体的に")
    assert [each.content["seen"] for each in await asked(hana)] == ["group", "group"]
    await hana.presses("悩みとして相談する")
    assert KNOWN not in spoken(hana.screen[-1])
    assert "言いかえて書くと" in hana.screen[-1].body


async def test_a_dialog_was_read_by_nobody_and_rests_without_details(world: World) -> None:
    _, ken, _ = await community(world)
    ken.place = await world.group(world.slack, "詰所")
    form = forms.question(world.house.text)
    for answer, name in ((KNOWN, form.name), (NAMED, "form.later"), (NAMED * 200, form.name)):
        event = replace(world.event(ken, Press("handbook.begin")), dialogs=True)
        opened = await world.house.pipeline.dispatch(event)
        assert opened and opened.form
        if "田中" in answer:  # where the moment to show it again has passed, it rests
            event = replace(world.event(ken, Submit(name, {"question": answer}, opened.form.argument)), dialogs=True)
            await world.house.pipeline.dispatch(replace(event, modal=False))
        else:
            await ken.does(Submit(name, {"question": answer}, opened.form.argument))
            assert [each.content["seen"] for each in await asked(ken)] == [""]
    private, now = world.event(ken, Press("menu")).private, world.house.clock()
    every = await world.house.database.read(lambda session: drafts.every(session, private, now))
    resting = [each.content["answers"]["question"] for each in every if each.kind == "resting"]
    assert len(resting) == 2
    assert all(OUTSIDE in each and "田中" not in each for each in resting)


@pytest.mark.usefixtures("signs")
async def test_danger_is_still_noticed_in_what_goes_on_from_it(world: World) -> None:
    hana, _, sato = await community(world)
    await hana.says(SELF)
    await hana.presses("違います")
    await hana.says("もう少し具体的に")
    question = next(each for each in await asked(hana) if "具体的" in each.content["text"])
    assert SELF in question.content["text"] and question.content["noticed"]
    assert GAP not in hana.buttons
    await hana.does(Press("handbook.gap", question.id))
    assert await gaps_left(world) == []
    await hana.does(Press("handbook.duty", question.id))
    opened = await sato.presses("ひらく")
    assert opened and opened.title != "当番への質問"
