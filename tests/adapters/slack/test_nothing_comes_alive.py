"""Whatever people write is words: no mention, link, emoji or markup of theirs comes alive in anything sent to Slack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.slack.dialogs import Dialogs
from bot.adapters.slack.render import Renderer
from bot.app.platforms import commands
from bot.chat.events import Address
from bot.chat.messages import Button, Choice, Field, Form, Message
from bot.knowledge.points import load
from bot.store.places import Place
from bot.views import forms
from bot.views.cards import welcome, worry
from bot.views.cards.worry_sharing import Offer
from bot.views.text import Text
from tests.adapters.slack.checks import squeezed, texts
from tests.adapters.slack.sharp_texts import HAND, sharp_texts
from tests.sample_cards import every_message
from tests.slack.blocks import Json
from tests.slack.markup import live
from tests.source import BOT

RENDERER = Renderer("/yorisoi", commands())
DIALOGS = Dialogs(RENDERER)
WORDS = Text("ja", ZoneInfo("Asia/Tokyo"))
CARDS = every_message(WORDS, load(BOT / "knowledge" / "handbook", "ja"))
SHARP = sharp_texts(10_000)
PARTS = 10


def shown(message: Message) -> Iterator[Json]:
    """As posts, as a dialog and on a home."""
    yield from RENDERER.messages(message)
    yield DIALOGS.message(message, WORDS)
    yield DIALOGS.home(message)


def changed(message: Message) -> Iterator[Json]:
    """As it takes the place of an earlier one, by a call and by an answer to a button, and as a line for one person."""
    whole = RENDERER.whole(message)
    yield {"ts": "1.1", **{name: whole[name] for name in ("text", "blocks", "parse", "link_names")}}
    yield {**whole, "replace_original": True, "response_type": "ephemeral"}
    yield {**whole, "user": "U0HANA"}


def in_our_own_slots(sharp: str) -> Iterator[Json]:
    """What people name stands in our sentences: places, and whatever else may come to stand there."""
    place = Place("p" * 22, sharp, "ja", Address("slack"))
    yield from RENDERER.messages(welcome.linked(WORDS, place))
    yield DIALOGS.message(
        worry.preview(WORDS, "d" * 22, sharp, [sharp, sharp], Offer(datetime(2026, 11, 24, tzinfo=UTC))), WORDS
    )
    yield from shown(Message(sharp, sharp, sharp, sharp, (Button(f"・{sharp}", "go", "1"),)))
    yield DIALOGS.form(forms.worry(WORDS, [place, place], {"text": sharp}), WORDS, said=Message(sharp))
    choices = (Choice("1", f"・{sharp}"), Choice("2", "x"))
    fields = (Field("a", f"・{sharp}", value=sharp), Field("b", f"・{sharp}", "choice", choices=choices, value="1"))
    yield DIALOGS.form(Form("f", f"・{sharp}", fields), WORDS)


def test_there_are_ten_thousand_and_they_are_sharp() -> None:
    """In a post that trusts them nearly all of them would come alive."""
    assert len(set(SHARP)) == 10_000
    assert sharp_texts(10_000) == SHARP
    alive = sum(bool(live({"text": sharp, "link_names": True, "parse": "full"})) for sharp in SHARP)
    assert alive > 7_000


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_people_write_comes_alive(part: int) -> None:
    for number, sharp in list(enumerate(SHARP))[part::PARTS]:
        card = replace(CARDS[number % len(CARDS)], quote=sharp)
        for payload in (*shown(card), *in_our_own_slots(sharp)):
            assert live(payload) == []


@pytest.mark.parametrize("card", CARDS)
def test_no_card_brings_what_was_made_by_hand_to_life(card: Message) -> None:
    for sharp in HAND:
        for payload in changed(replace(card, quote=sharp)):
            assert live(payload) == []


def test_all_of_it_is_there_to_read() -> None:
    for sharp in SHARP:
        (payload,) = RENDERER.messages(Message(quote=sharp))
        assert squeezed(*texts(payload["blocks"])) == (squeezed(sharp) or "…")


def test_what_people_wrote_never_stands_in_the_lock_screens_line() -> None:
    for number, sharp in enumerate(SHARP):
        card = CARDS[number % len(CARDS)]
        assert RENDERER.fallback(replace(card, quote=sharp)) == RENDERER.fallback(card)
