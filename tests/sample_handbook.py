"""Every card of the handbook, with the longest values that are allowed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.chat.messages import Message
from bot.knowledge.points import FRAME, Entry
from bot.store.learnings import Learning
from bot.views.cards import handbook, handbook_entry
from bot.views.found import Found, Ways
from bot.views.text import Text

ID = "x" * 22
ROOMS = (handbook, handbook_entry)
ALL_WAYS = Ways(asked=ID, words=True, gap=True, shown=ID, opinions=True)
LEARNED = [Learning(ID, "2026-11", "学" * 300)]


def samples(text: Text, entries: Sequence[Entry], near: Message) -> dict[Callable[..., object], Iterable[Message]]:
    """near: what is said to somebody about their own worry."""
    titles = {entry.id: entry.title for entry in entries}
    every = [_found(entry, titles) for entry in entries]
    found, passage = every[:3], passage_of(every[0].entry, "読" * 3_000)
    seen = ("", "chat", "group")
    when = text.when(datetime(2026, 12, 31, 14, 30, tzinfo=UTC))
    return {
        handbook.ask: [handbook.ask(text, alone=True), handbook.ask(text, alone=False)],
        handbook.nearest: [
            *(handbook.nearest(text, every[first : first + 3]) for first in range(0, len(every), 3)),
            handbook.nearest(text, [passage] * 3),
            *(handbook.nearest(text, found, LEARNED * 2, ALL_WAYS, each) for each in seen),
        ],
        handbook.nothing: [
            handbook.nothing(text),
            *(handbook.nothing(text, LEARNED, ALL_WAYS, each) for each in seen),
        ],
        handbook.beside: [handbook.beside(text, found[:2])],
        handbook.with_nearest: [handbook.with_nearest(text, near, found[:2])],
        handbook.nothing_beside: [handbook.nothing_beside(text)],
        handbook.told_duty: [handbook.told_duty(text, "問" * 1_000, each) for each in ("", when)],
        handbook.nobody_on_duty: [handbook.nobody_on_duty(text, ALL_WAYS)],
        handbook_entry.entry_card: [
            *(handbook_entry.entry_card(text, each, found[:2], opinions=True) for each in every),
            handbook_entry.entry_card(text, found[0], found[:2], opinions=True, answer=ID, back=entries[-1].id),
            *(handbook_entry.entry_card(text, passage, number=number) for number in (1, 2, 3)),
        ],
        handbook_entry.similar: [handbook_entry.similar(text, entries[0], each) for each in ((), found)],
    }


def passage_of(entry: Entry, body: str) -> Found:
    """As a centre's own handbook has it."""
    return Found(
        replace(
            entry,
            id=ID,
            kind="passage",
            summary=body[:60] + "…",
            body=body,
            related=(),
            edition="県のハンドブック 第3版",
            point="ポイント12",
            page="34",
        ),
        under=("意向の確認",),
        foreign=True,
    )


def _found(entry: Entry, titles: dict[str, str]) -> Found:
    return Found(entry, tuple(titles[part] for part in entry.frame if part != entry.id and part in FRAME))
