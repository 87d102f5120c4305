"""What every adapter keeps, whatever its platform looks like: one suite, played on a stage for each of them."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import get_type_hints
from zoneinfo import ZoneInfo

import pytest

from bot.chat.adapter import Adapter
from bot.chat.errors import Unreachable
from bot.chat.events import Address, Event, Press, Submit, Text
from bot.chat.messages import Button, Choice, Field, Form, Message, Reply
from bot.knowledge.points import load
from bot.views.text import Text as Catalogue
from tests.adapters.sample_forms import every_form
from tests.sample_cards import every_message
from tests.source import BOT

JAPANESE = Catalogue("ja", ZoneInfo("Asia/Tokyo"))
CARDS = every_message(JAPANESE, load(BOT / "knowledge" / "handbook", "ja"))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MIXED = Form(
    "a.form",
    "いろいろ",
    (
        Field("line", "一行"),
        Field("words", "ことば", "paragraph", limit=1000),
        Field("empty", "なくてもよい", required=False),
        Field("kept", "前からあるもの", value="そのまま & <b>"),
        Field("few", "少し", "choice", choices=tuple(Choice(f"v{n}", f"{n}番") for n in range(3))),
        Field("many", "多く", "choice", choices=tuple(Choice(f"w{n}", f"第{n}") for n in range(40)), value="w7"),
    ),
    argument="about:this",
)


class Application:
    """Remembers every event and answers with what was laid out for it."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.reply: Reply | None = None

    async def __call__(self, event: Event, stored: object = None) -> Reply | None:
        self.events.append(event)
        if callable(stored):
            stored()
        return self.reply


class Forgetful:
    """A memory that lasts as long as the stage."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    async def first(self, mark: str) -> bool:
        fresh = mark not in self._kept
        self._kept[mark] = ""
        return fresh

    async def recall(self, name: str) -> str:
        return self._kept.get(name, "")

    async def keep(self, name: str, value: str) -> None:
        self._kept[name] = value


class Stage(ABC):
    """A platform with one person before it. alone: where that person is met alone. spaces: it knows several."""

    adapter: Adapter
    application: Application
    alone: Address
    nobody: Address
    spaces = True

    @abstractmethod
    async def presses(self, reference: str, number: int) -> None:
        """The person presses the button with this number, from the top, of a letter."""

    async def fills(self, answers: Sequence[str | None]) -> None:
        """The person fills in the open form. None leaves a field as it stands; a choice is named by its label."""
        raise NotImplementedError(f"{self.adapter.name} has no dialogs")

    @abstractmethod
    async def says(self, text: str) -> None: ...

    @abstractmethod
    def sees(self, text: str) -> bool: ...

    @property
    def last(self) -> Event:
        return self.application.events[-1]


class EveryAdapter:
    """Inherit, and give a fixture `stage`."""

    _keys = count(1)

    async def send(self, stage: Stage, message: Message, **more: str) -> str:
        return await stage.adapter.send(stage.alone, message, key=f"letter-{next(self._keys)}", **more)

    def test_it_has_the_shape_of_an_adapter(self, stage: Stage) -> None:
        assert stage.adapter.name == stage.alone.platform
        assert isinstance(stage.adapter.can_look, bool)
        for method in ("run", "send", "find"):
            promised, kept = getattr(Adapter, method), getattr(type(stage.adapter), method)
            assert inspect.signature(kept).parameters.keys() == inspect.signature(promised).parameters.keys()
            kinds = [(each.kind, each.default) for each in inspect.signature(promised).parameters.values()]
            assert [(each.kind, each.default) for each in inspect.signature(kept).parameters.values()] == kinds
            assert get_type_hints(kept) == get_type_hints(promised)

    async def test_a_letter_arrives_and_is_found_by_its_key(self, stage: Stage) -> None:
        reference = await stage.adapter.send(stage.alone, Message("お知らせです"), key="k1")
        other = await stage.adapter.send(stage.alone, Message("もうひとつ"), key="k2")
        assert reference and other and reference != other
        assert stage.sees("お知らせです")
        if stage.adapter.can_look:
            assert await stage.adapter.find("k1", stage.alone, LONG_AGO) == reference
            assert await stage.adapter.find("k3", stage.alone, LONG_AGO) is None

    async def test_a_letter_takes_the_place_of_an_earlier_one(self, stage: Stage) -> None:
        reference = await self.send(stage, Message("まだ一人です"))
        assert await self.send(stage, Message("二人になりました"), replacing=reference) == reference
        assert stage.sees("二人になりました")
        assert not stage.sees("まだ一人です")

    async def test_a_place_elsewhere_and_a_person_nobody_knows_cannot_be_reached(self, stage: Stage) -> None:
        foreign = Address(stage.alone.platform, "another-space", stage.alone.channel)
        for address in (foreign, stage.nobody) if stage.spaces else (stage.nobody,):
            with pytest.raises(Unreachable):
                await stage.adapter.send(address, Message("お知らせです"), key="k")
        assert not stage.sees("お知らせです")
        if stage.adapter.can_look:
            assert await stage.adapter.find("k", foreign, LONG_AGO) is None

    async def test_words_come_in_as_they_were_typed(self, stage: Stage) -> None:
        typed = "a < b & c &lt; d　「全角」 *そのまま* _x_ `y`"
        await stage.says(typed)
        self.check_event(stage, stage.last)
        assert stage.last.body == Text(typed)

    @pytest.mark.parametrize("card", [card for card in CARDS if card.buttons])
    async def test_every_button_comes_back_as_it_was_sent(self, stage: Stage, card: Message) -> None:
        reference = await self.send(stage, card)
        for number, button in enumerate(card.buttons):
            await stage.presses(reference, number)
            self.check_event(stage, stage.last)
            assert stage.last.body == Press(button.action, button.argument)
        assert len(stage.application.events) == len(card.buttons)

    async def test_pressing_twice_is_doing_it_twice(self, stage: Stage) -> None:
        reference = await self.send(stage, Message("もう一度どうぞ", buttons=(Button("はい", "yes"),)))
        await stage.presses(reference, 0)
        await stage.presses(reference, 0)
        first, second = stage.application.events
        assert first.body == second.body
        assert first.id != second.id

    def check_event(self, stage: Stage, event: Event) -> None:
        assert (event.sender, event.address, event.private) == (stage.alone.channel, stage.alone, stage.alone)
        assert event.direct
        assert event.at.utcoffset() is not None
        ids = [each.id for each in stage.application.events]
        assert len(ids) == len(set(ids))
        assert all(stage.alone.channel not in each for each in ids), "an id says nothing of who it was"


class EveryAdapterWithDialogs(EveryAdapter):
    @pytest.mark.parametrize("form", every_form(JAPANESE))
    async def test_every_form_comes_back_filled(self, stage: Stage, form: Form) -> None:
        await self.open(stage, form)
        await stage.fills([each.choices[-1].label if each.choices else f"答え{each.name}" for each in form.fields])
        answers = {each.name: each.choices[-1].value if each.choices else f"答え{each.name}" for each in form.fields}
        assert stage.last.body == Submit(form.name, answers, form.argument)

    async def test_a_form_of_everything(self, stage: Stage) -> None:
        await self.open(stage, MIXED)
        await stage.fills(["<b> & &lt;", "一行目\n二行目", None, None, "1番", "第39"])
        answers = {
            "line": "<b> & &lt;", "words": "一行目\n二行目", "empty": "",
            "kept": "そのまま & <b>", "few": "v1", "many": "w39",
        }  # fmt: skip
        self.check_event(stage, stage.last)
        assert stage.last.body == Submit("a.form", answers, "about:this")

    async def open(self, stage: Stage, form: Form) -> None:
        reference = await self.send(stage, Message("どうぞ", buttons=(Button("書く", "open"),)))
        stage.application.reply = Reply(form=form)
        await stage.presses(reference, 0)
        stage.application.reply = None
