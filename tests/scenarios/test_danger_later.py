"""Words that showed danger and were left for later: kept, asked after once, and gone with their author."""

import pytest

from bot.chat.events import Press
from tests.scenarios.danger import MISTAKEN, SELF, author, held_drafts, is_card, signs, writes_a_worry
from tests.world import Person, spoken

__all__ = ["author", "signs"]
pytestmark = pytest.mark.usefixtures("signs")


async def test_later_is_asked_once_on_the_next_working_morning_without_a_word_of_it(author: Person) -> None:
    await author.world.later(hours=10)  # 20:00
    await writes_a_worry(author, SELF)
    await author.presses("自分のこと")
    await author.presses("あとで")
    await author.world.later(hours=12, minutes=29)
    assert author.letters == []
    await author.world.later(minutes=1)
    (asked,) = author.letters
    assert SELF not in spoken(asked)
    assert "一度だけ" in asked.body
    assert is_card(await author.presses("ひらく"))
    await author.presses("自分のこと")
    await author.presses("あとで")
    await author.world.later(days=6)
    assert len(author.letters) == 1, "never again"


async def test_nobody_is_asked_who_took_another_way_meanwhile(author: Person) -> None:
    await writes_a_worry(author, MISTAKEN)
    first = author.screen[-1]
    await author.presses("自分のこと")
    await author.presses("あとで")
    await author.does(Press("danger.neither", first.buttons[2].argument))
    await author.world.later(days=3)
    assert author.letters == []


async def test_the_menu_leads_back_to_what_was_kept(author: Person) -> None:
    await writes_a_worry(author, SELF)
    await author.presses("自分のこと")
    await author.presses("あとで")
    await author.commands("menu")
    assert is_card(await author.presses("取ってあることばをひらく"))


async def test_words_that_were_kept_go_with_everything_when_their_author_leaves(author: Person) -> None:
    await writes_a_worry(author, SELF)
    assert len(await held_drafts(author)) == 1
    await author.does(Press("mydata.erased"))
    assert await held_drafts(author) == []
