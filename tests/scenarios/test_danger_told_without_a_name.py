"""Words that showed danger are kept, and told to who is on duty, without a name: the writer's or another's."""

import pytest

from bot.chat.events import Press
from tests.scenarios.community import community, shared
from tests.scenarios.danger import SELF, held_drafts, is_card, signs
from tests.scenarios.watching import JA
from tests.world import World

__all__ = ["signs"]
pytestmark = pytest.mark.usefixtures("signs")


async def test_who_is_on_duty_is_not_told_the_name_that_was_given_with_an_answer(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    await ken.does(Press("worry.reply_named", worry))
    assert is_card(await ken.fills(SELF, "けんじろう"))
    (draft,) = await held_drafts(ken)
    assert draft.content["text"] == SELF
    assert draft.content["body"]["answers"]["name"] == "けんじろう", "where they go on, it is still theirs"
    await ken.presses(JA["danger.self"])
    await ken.presses(JA["danger.tell"])
    await sato.presses(JA["danger.open"])
    assert sato.sees(SELF)
    assert not sato.sees("けんじろう")


async def test_what_no_one_else_would_read_names_nobody_once_it_is_kept_and_may_be_told(world: World) -> None:
    """As a question to the handbook in a dialog, or lines that should be dates."""
    _, _, sato = await community(world)
    await sato.does(Press("conference.new"))
    assert is_card(await sato.fills("居場所", f"田中太郎さんのことで悩んでいます。{SELF}"))
    (draft,) = await held_drafts(sato)
    assert SELF in draft.content["text"]
    assert "田中" not in str(draft.content)
