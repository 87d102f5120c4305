"""The checker bites: what is lost, doubled, out of order, leaked or given to the wrong person is each found."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.faults.canaries import answers_in, worries_in
from tests.faults.days import lived
from tests.faults.facts import Facts, Said, Shown
from tests.faults.nursery import open_nursery
from tests.faults.verdict import judge


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """A day without a kill."""

    async def day() -> Facts:
        async with open_nursery() as nursery:
            return (await lived(nursery, tmp_path_factory.mktemp("clean") / "town", worries=120)).facts

    return asyncio.run(day())


def public(facts: Facts, platform: str, number: Callable[[str], list[int]]) -> list[Said]:
    return [
        each for each in facts.said if each.chat in facts.places and each.platform == platform and number(each.words)
    ]


def without(facts: Facts, gone: Said) -> Facts:
    return replace(facts, said=[each for each in facts.said if each is not gone])


def instead(facts: Facts, old: Said, **changed: Any) -> Facts:
    return replace(facts, said=[replace(each, **changed) if each is old else each for each in facts.said])


def rows(facts: Facts, name: str, **changed: int) -> Facts:
    return replace(facts, rows={**facts.rows, name: {**facts.rows[name], **changed}})


def worry(facts: Facts, platform: str) -> Said:
    """One that nobody closed or answered."""
    busy = {each[0] for each in facts.answering.values()} | facts.closing
    return next(each for each in public(facts, platform, worries_in) if not busy & set(worries_in(each.words)))


def answer(facts: Facts) -> Said:
    return public(facts, "slack", answers_in)[0]


def other_place(facts: Facts, said: Said) -> str:
    return next(place for place in sorted(facts.places) if place != said.chat and place[:1] == said.chat[:1])


def swapped(facts: Facts) -> Facts:
    """Two worries of one channel change places."""
    first = worry(facts, "slack")
    second = next(each for each in reversed(public(facts, "slack", worries_in)) if each.chat == first.chat)
    exchanged = {id(first): second, id(second): first}
    return replace(facts, said=[exchanged.get(id(each), each) for each in facts.said])


def swapped_in_telegram(facts: Facts) -> Facts:
    first = worry(facts, "telegram")
    second = next(each for each in reversed(public(facts, "telegram", worries_in)) if each.chat == first.chat)
    return instead(instead(facts, first, reference=second.reference), second, reference=first.reference)


def to_another(facts: Facts) -> Facts:
    """An answer is shown to somebody else than who asked."""
    shown = next(each for each in facts.shown if answers_in(each.words))
    person = next(each for each in facts.persons if each != shown.person)
    return replace(facts, shown=[*facts.shown, Shown(person, shown.words)])


def unread(facts: Facts) -> Facts:
    asked = {worry: facts.pressed[worry][0] for worry, _ in facts.answering.values() if worry not in facts.closing}
    return replace(facts, shown=[each for each in facts.shown if each.person not in asked.values()])


def closed_by_another(facts: Facts) -> Facts:
    return instead(facts, worry(facts, "slack"), closed=True)


def unpressed(facts: Facts) -> Facts:
    number = worries_in(worry(facts, "slack").words)[0]
    return replace(facts, pressed={each: by for each, by in facts.pressed.items() if each != number})


def named(facts: Facts) -> Facts:
    said = worry(facts, "slack")
    return instead(facts, said, words=f"{said.words} U0SLACKER003")


def marked(facts: Facts, platform: str, doubtful: int) -> Facts:
    twin = replace(worry(facts, platform), marked=True, reference="99999")
    return replace(facts, said=[*facts.said, twin], doubtful=doubtful)


PLANTED: dict[str, tuple[Callable[[Facts], Facts], str]] = {
    "a worry is missing in Slack": (lambda f: without(f, worry(f, "slack")), "lost: worry"),
    "a worry is missing in Telegram": (lambda f: without(f, worry(f, "telegram")), "lost: worry"),
    "an answer is missing": (lambda f: without(f, answer(f)), "lost: answer"),
    "an answer was never read": (unread, "did not reach the author"),
    "a worry twice in Slack": (lambda f: replace(f, said=[*f.said, worry(f, "slack")]), "doubled: worry"),
    "a worry twice in Telegram": (lambda f: replace(f, said=[*f.said, worry(f, "telegram")]), "doubled: worry"),
    "a marked copy in Slack": (lambda f: marked(f, "slack", 1), "doubled: worry"),
    "a marked copy with nobody killed": (lambda f: marked(f, "telegram", 0), "marked copies"),
    "two worries out of order": (swapped, "out of order"),
    "two worries out of order in Telegram": (swapped_in_telegram, "out of order"),
    "a worry in another channel": (
        lambda f: instead(f, worry(f, "slack"), chat=other_place(f, worry(f, "slack"))), "astray: worry",
    ),
    "an answer under another worry": (lambda f: instead(f, answer(f), under="1.0"), "misattributed: answer"),
    "an answer shown to another": (to_another, "misattributed: answer"),
    "a worry closed by another": (closed_by_another, "misattributed: worry"),
    "an id in a channel": (named, "leaked"),
    "a worry nobody let go": (
        unpressed,
        "never let go",
    ),
    "half a worry": (
        lambda f: without(replace(f, confirmed=[]), worry(f, "slack")), "half done: worry",
    ),
    "an event left in the inbox": (lambda f: rows(f, "inbox", new=1), "left behind: 1 new in inbox"),
    "a parked event": (lambda f: rows(f, "inbox", parked=1), "left behind: 1 parked in inbox"),
    "a letter given up": (lambda f: rows(f, "outbox", dead=1), "left behind: 1 dead in outbox"),
    "a letter nobody knows of": (lambda f: rows(f, "outbox", unknown=1), "sends in doubt"),
    "a worry in the rows alone": (lambda f: rows(f, "worries", open=999), "rows: "),
    "a member too many": (lambda f: rows(f, "members", all=999), "rows: "),
    "a key that outlived its worry": (lambda f: rows(f, "keys", all=999), "rows: a key"),
}  # fmt: skip


def test_a_day_without_a_kill_is_well(clean: Facts) -> None:
    assert judge(clean).wrong == []
    assert clean.answered and clean.closed and clean.intruded and clean.reminders


@pytest.mark.parametrize(("change", "complaint"), PLANTED.values(), ids=PLANTED)
def test_a_planted_change_is_found(clean: Facts, change: Callable[[Facts], Facts], complaint: str) -> None:
    wrong = judge(change(clean)).wrong
    assert any(complaint in each for each in wrong), wrong


def test_a_marked_copy_in_telegram_is_allowed_where_a_send_was_in_doubt(clean: Facts) -> None:
    verdict = judge(marked(clean, "telegram", 1))
    assert verdict.wrong == []
    assert verdict.counted["telegram_twins"] == verdict.counted["telegram_twins_marked"] == 1
