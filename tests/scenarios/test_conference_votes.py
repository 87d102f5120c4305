"""◯△✕ in one press, on a card that stays fresh without being changed too often, and mended on pages of one's own."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.chat.events import Body, Press
from bot.chat.messages import Message, Reply
from bot.store import conferences, polls
from bot.views.cards.conference_votes import A_PAGE
from tests.scenarios.conferences import MANY, card, decides, fresh, in_group, proposed
from tests.scenarios.ledger import counts
from tests.world import FakePlatform, Person, World


async def reply_to(person: Person, body: Body) -> Reply:
    reply = await person.world.house.pipeline.dispatch(person.world.event(person, body))
    await person.world.house.settled()
    assert reply
    return reply


def changes(platform: FakePlatform, monkeypatch: pytest.MonkeyPatch) -> list[tuple[datetime, str]]:
    """When cards are changed there from now on, and what they say then."""
    seen: list[tuple[datetime, str]] = []
    send = platform.send

    async def watched(address: object, message: Message, *, key: str, replacing: str = "") -> str:
        if replacing:
            seen.append((platform.clock(), message.body))
        return await send(address, message, key=key, replacing=replacing)  # type: ignore[arg-type]

    monkeypatch.setattr(platform, "send", watched)
    return seen


async def test_one_press_in_the_place_is_a_vote(world: World) -> None:
    await proposed(world)
    rows = [button.label for button in card(world.telegram).buttons]
    assert rows == ["① ◯", "△", "✕", "② ◯", "△", "✕", "③ ◯", "△", "✕"]
    assert [button.beside for button in card(world.telegram).buttons] == [False, True, True] * 3
    hana = await in_group(world, "hana", world.telegram)
    noted = await hana.presses("② ◯")
    assert noted
    assert noted.body == "12月3日(木) 14:00：「◯」でお答えを預かりました。"
    assert noted.note == "まだ答えていない日：2"
    assert [button.label for button in noted.buttons] == ["つづける"]
    for platform in (world.slack, world.telegram):
        assert "② 12月3日(木) 14:00　◯1 △0 ✕0" in card(platform).body, "the first after a pause shows at once"
        assert "誰がどう答えたかは出ません" in card(platform).note


async def test_whoever_presses_answers_for_themselves_alone(world: World) -> None:
    _, conference = await proposed(world)
    hana, ken = await in_group(world, "hana", world.telegram), await in_group(world, "ken", world.slack)
    await hana.presses("① ◯")
    noted = await hana.does(Press("conference.mark", f"{conference}.1.no"))
    assert noted
    assert "「✕」" in noted.body
    await ken.presses("① ◯")
    assert (await counts(world))["vote"] == 2
    await fresh(world)
    assert "① 12月1日(火) 09:30　◯1 △0 ✕1" in card(world.slack).body
    assert "2人が回答" in card(world.slack).note


async def test_the_answer_leads_to_pages_where_it_can_be_mended(world: World) -> None:
    _, conference = await proposed(world)
    hana = await in_group(world, "hana", world.telegram)
    await hana.presses("① ◯")
    hana.place = ""
    pad = await hana.presses("つづける")
    assert pad
    assert pad.body.splitlines()[:2] == ["① 12月1日(火) 09:30　◯", "② 12月3日(木) 14:00　－"]
    assert "① ✓◯" in hana.buttons
    changed = await reply_to(hana, Press("conference.set", f"{conference}.1.maybe"))
    assert changed.replace, "it takes the place of the page that was pressed"
    assert changed.message
    assert changed.message.body.startswith("① 12月1日(火) 09:30　△\n")
    done = await hana.presses("残りは全部◯")
    assert done
    assert "すべての日に答えました" in done.note
    own = [line[-1] for line in done.body.splitlines()]
    assert own == ["△", "◯", "◯"], "what was answered before stays"


async def test_more_slots_than_a_screen_holds_are_answered_page_by_page(world: World) -> None:
    _, conference = await proposed(world, MANY)
    assert [button.label for button in card(world.slack).buttons] == ["全部◯", "選んで答える", "表を絵で見る"]
    ken = await in_group(world, "ken", world.slack)
    noted = await ken.presses("全部◯")
    assert noted
    assert noted.body == "これからの日すべて：「◯」でお答えを預かりました。"
    assert (await counts(world))["vote"] == 8
    ken.place = ""
    first = await ken.presses("答えを見直す")
    assert first
    assert len(first.body.splitlines()) == A_PAGE
    second = await ken.presses("次の候補")
    assert second
    assert [line[0] for line in second.body.splitlines()] == ["⑦", "⑧"]
    mended = await ken.does(Press("conference.set", f"{conference}.8.no"))
    assert mended
    assert mended.body.splitlines()[-1].endswith("✕"), "the page stays where one is"
    back = await reply_to(ken, Press("conference.page", f"{conference}.1"))
    assert back.replace
    beyond = await ken.does(Press("conference.page", f"{conference}.99"))
    assert beyond
    assert beyond.body == mended.body


async def test_while_people_vote_the_card_changes_every_three_seconds_and_ends_with_the_last(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, conference = await proposed(world)
    people = [await world.person(f"p{number}", world.slack) for number in range(13)]
    seen = changes(world.telegram, monkeypatch)
    begin = world.house.clock()
    for person in people:
        await person.does(Press("conference.mark", f"{conference}.1.yes"))
        await world.later(seconds=1)
    await fresh(world)
    moments = [int((moment - begin).total_seconds()) for moment, _ in seen]
    assert moments == [0, 3, 6, 9, 12, 16], "the world looks when a scene lets time pass"
    counted = [int(body.partition("◯")[2].split()[0]) for _, body in seen]
    assert counted == [1, 3, 6, 9, 12, 13], "never starved, and each the newest then"


async def test_a_date_that_is_fixed_shows_at_once_and_no_older_change_comes_after(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sato, conference = await proposed(world)
    ken = await world.person("ken", world.slack)
    for number in (1, 2, 3):
        await ken.does(Press("conference.mark", f"{conference}.{number}.yes"))
    seen = changes(world.slack, monkeypatch)
    await decides(sato, "12月3日(木) 14:00")
    assert len(seen) == 1
    assert card(world.slack).title == "事例検討会の日が決まりました"
    await world.later(minutes=1)
    assert len(seen) == 1


async def test_a_clock_that_was_set_back_does_not_stop_the_card(world: World) -> None:
    _, conference = await proposed(world)
    far = world.house.clock() + timedelta(days=300)
    await world.house.database.write(lambda session: conferences.change(session, conference, shown_at=far))
    ken = await world.person("ken", world.slack)
    await ken.does(Press("conference.mark", f"{conference}.1.yes"))
    await fresh(world)
    assert "① 12月1日(火) 09:30　◯1" in card(world.slack).body


async def test_a_chat_that_cannot_be_reached_for_a_while_gets_the_newest_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, conference = await proposed(world)
    seen = changes(world.telegram, monkeypatch)
    people = [await world.person(f"p{number}", world.slack) for number in range(5)]
    world.telegram.broken = [ConnectionError() for _ in range(2)]
    for person in people:
        await person.does(Press("conference.mark", f"{conference}.1.yes"))
    await world.later(minutes=2)
    assert seen[-1][1].startswith("① 12月1日(火) 09:30　◯5 ")
    assert len(seen) <= 2 + 2, "two that broke off, one with what was newest then, and at most one after it"


async def test_no_vote_after_closing_or_deciding_or_for_what_is_past(world: World) -> None:
    sato, conference = await proposed(world, "11/24 13:00\n12/3 14:00\n12/4 10:00")
    ken = await world.person("ken", world.slack)
    await world.house.database.write(lambda session: conferences.change(session, conference, closes_at=None))
    await world.later(hours=4)
    past = await ken.does(Press("conference.mark", f"{conference}.1.yes"))
    assert past
    assert past.body == "その日時はもう過ぎています。ほかの日をお答えください。"
    pad = await ken.does(Press("conference.pad", conference))
    assert pad
    assert pad.body.splitlines()[0].endswith("（過ぎました）")
    assert [button.label for button in pad.buttons][:3] == ["② ◯", "△", "✕"]
    await ken.presses("残りは全部◯")
    assert (await counts(world))["vote"] == 2
    form = (await reply_to(ken, Press("conference.vote", conference))).form
    assert form
    assert [field.name for field in form.fields] == ["slot2", "slot3"]
    await world.house.database.write(lambda session: conferences.change(session, conference, state="closed"))
    doors = ("mark", f"{conference}.2.no"), ("set", f"{conference}.2.no"), ("all", conference), ("pad", conference)
    for door, argument in doors:
        closed = await ken.does(Press(f"conference.{door}", argument))
        assert closed
        assert "締め切りました" in closed.body
    await sato.does(Press("conference.fix", f"{conference}.2"))
    for door, argument in doors:
        decided = await ken.does(Press(f"conference.{door}", argument))
        assert decided
        assert decided.body == "この日程は、もう決まりました。"
    found = await world.house.database.read(lambda session: conferences.find(session, conference))
    assert [slot.yes for slot in found.slots] == [0, 1, 1]


@pytest.mark.parametrize(
    ("ways", "ends"),
    [
        (("mark", "set"), ("", ".1", ".1.yes.no", ".².yes", ".٣.yes", ".99999.yes", ".4.yes", ".0.no", ".-1.yes")),
        (("mark", "set"), (".1.", ".1.YES", ".1.◯", ".1.coming", ".%s.yes" % ("9" * 30))),
        (("page", "rest"), ("", ".", ".²", ".x", ".1.2", ".-1", ".1e3")),
        (("all", "pad", "picture", "name"), (".1", "x", "'; drop")),
    ],
)
async def test_forged_presses_are_refused_and_count_nothing(
    world: World, ways: Sequence[str], ends: Sequence[str]
) -> None:
    _, conference = await proposed(world)
    ken = await world.person("ken", world.slack)
    stranger = await world.person("nobody", world.slack, None)
    for way in ways:
        for end in ends:
            refused = await ken.does(Press(f"conference.{way}", f"{conference}{end}"[:48]))
            assert refused
            assert not refused.buttons
            assert "うまくいきません" not in refused.body
        outside = await stranger.does(Press(f"conference.{way}", f"{conference}.1.yes"))
        assert outside
    assert (await counts(world)).get("vote", 0) == 0


async def test_a_thousand_votes_of_one_person_are_one_answer_each(world: World) -> None:
    _, conference = await proposed(world)
    ken = await world.person("ken", world.slack)
    for value in ("yes", "no", "maybe", "no"):
        await ken.does(Press("conference.mark", f"{conference}.1.{value}"))
    kept = await world.house.database.read(lambda session: polls.answered_by(session, conference, ("no",), 1))
    assert len(kept) == 1
    assert (await counts(world))["vote"] == 1
