"""`yorisoi outbox`: what waits or was given up, tried again or dropped; never a text or an address."""

import re
import sys
from collections.abc import Sequence
from datetime import datetime

from wcwidth import wcswidth

from bot.app.house import House, open_house
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import mailroom
from bot.store.mailroom import SHORT, Outcome, Slip
from bot.views.text import Text

MOST = 100
_ID = re.compile(rf"[0-9a-f]{{{SHORT},32}}", re.ASCII)
_COLUMNS = ("id", "platform", "kind", "state", "attempts", "doubts", "moment", "reason")


async def show_all(settings: Settings, state: str, most: int) -> int:
    states = (_known(state, mailroom.STATES, "--state"),) if state else mailroom.UNDELIVERED
    async with open_house(settings) as house:
        slips, every = await house.database.read(lambda session: mailroom.slips(session, states, most))
        if not slips:
            return _say(house.text("cli.outbox.none"))
        head = [house.text(f"cli.outbox.column.{name}") for name in _COLUMNS]
        rows = [_cells(house.text, slip, slip.id[:SHORT], house.clock()) for slip in slips]
        sys.stdout.write(_table([head, *rows]))
        if every > len(slips):
            _say(house.text("cli.outbox.more", count=every - len(slips)))
    return 0


async def show_one(settings: Settings, name: str) -> int:
    async with open_house(settings) as house:
        slip = await _find(house, name)
        cells = _cells(house.text, slip, slip.id, house.clock())
        heads = [house.text(f"cli.outbox.column.{column}") for column in _COLUMNS]
        sys.stdout.write(_table(list(zip(heads, cells, strict=True))))
        if not slip.kept:
            _say(house.text("cli.outbox.empty"))
    return 0


async def retry(settings: Settings, name: str, state: str) -> int:
    """1 where a letter cannot be tried again; of many, those that can are."""
    if bool(name) == bool(state):
        raise Misconfigured("retry", "it needs one letter or one state.", "give an ID, or --all STATE.")
    if state:
        _known(state, mailroom.RETRYABLE, "--all")
    async with open_house(settings) as house:
        now = house.clock()
        if name:
            token = (await _find(house, name)).id
            outcome = await house.database.write(lambda session: mailroom.retry(session, token, now))
            return _say(_came_of_it(house.text, outcome), well=outcome == "done")
        outcomes = await house.database.write(
            lambda session: [mailroom.retry(session, each, now) for each in mailroom.tokens(session, state)]
        )
        done = outcomes.count("done")
        return _say(house.text("cli.outbox.many", done=done, left=len(outcomes) - done))


async def drop(settings: Settings, name: str) -> int:
    async with open_house(settings) as house:
        token = (await _find(house, name)).id
        outcome = await house.database.write(lambda session: mailroom.drop(session, token))
        await house.database.forget_traces()
        return _say(
            house.text("cli.outbox.dropped") if outcome == "done" else _came_of_it(house.text, outcome),
            well=outcome == "done",
        )


async def _find(house: House, name: str) -> Slip:
    written = name.strip().lower()
    if not _ID.fullmatch(written):
        raise Misconfigured("ID", "this is no id of a letter.", f"copy the {SHORT} signs from: yorisoi outbox list")
    found = await house.database.read(lambda session: mailroom.named(session, written))
    if len(found) != 1:
        problem = "more than one letter begins so." if found else "there is no such letter."
        fix = "give more signs: yorisoi outbox show" if found else "see: yorisoi outbox list"
        raise Misconfigured("ID", problem, fix)
    return found[0]


def _known(state: str, states: Sequence[str], option: str) -> str:
    if state not in states:
        raise Misconfigured(option, "there is no such state here.", f"one of {', '.join(states)}.")
    return state


def _came_of_it(text: Text, outcome: Outcome) -> str:
    return text(f"cli.outbox.outcome.{outcome}")


def _cells(text: Text, slip: Slip, name: str, now: datetime) -> list[str]:
    when = text.when(slip.not_before)
    if slip.state in ("ready", "doubtful"):
        moment = text("cli.outbox.next", when=when) if slip.not_before > now else text("cli.outbox.since", when=when)
    else:
        moment = when
    numbers = (str(slip.attempts), str(slip.doubts))
    return [name, slip.platform, slip.kind, slip.state, *numbers, moment, slip.reason or "-"]


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Columns that stand below one another, also where signs are two wide."""
    widths = [max(wcswidth(cell) for cell in column) for column in zip(*rows, strict=True)]
    padded = ([cell + " " * (width - wcswidth(cell)) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return "".join("  ".join(row).rstrip() + "\n" for row in padded)


def _say(words: str, *, well: bool = True) -> int:
    sys.stdout.write(words + "\n")
    return 0 if well else 1
