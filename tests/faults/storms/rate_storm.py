"""F5: 429 on 70 % of sends, with every Retry-After there is: nobody knocks early, nothing is lost."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from bot.chat.pausing import LONGEST_PAUSE, seconds_of
from tests.faults.report import Figure
from tests.faults.storms.towns import Town, a_town

REFUSED = 0.7
SAID: tuple[int | str | None, ...] = (*range(1, 61, 4), 60, None, None, 0, 0, "soon", "-5", "1.5")
HUGE = 10**12
SELDOM = 0.01
"""How many of the refusals ask for thirty thousand years."""


@dataclass
class Storm:
    """early: sends before the moment told. hasty: within a second of a refusal in the same chat."""

    town: Town
    dice: random.Random
    chats: set[str]
    early: int = 0
    hasty: int = 0
    refused: int = 0
    delays: list[float] = field(default_factory=list)
    over: bool = False
    _told: dict[str, datetime] = field(default_factory=dict)
    _refused_at: dict[str, datetime] = field(default_factory=dict)

    def __call__(self, chat: str) -> tuple[bool, int | str | None]:
        if chat not in self.chats:
            return False, None
        now = self.town.clock()
        self.early += now < self._told.get(chat, now)
        self.hasty += now - self._refused_at.get(chat, now - timedelta(1)) < timedelta(seconds=1)
        if self.over or self.dice.random() > REFUSED:
            return False, None
        self.refused += 1
        said = HUGE if self.dice.random() < SELDOM else self.dice.choice(SAID)
        wait = min(seconds_of(said) or 0.0, LONGEST_PAUSE)
        self._told[chat], self._refused_at[chat] = now + timedelta(seconds=wait), now
        return True, said


async def rate_storm(platform: str, folder: Path, *, seconds: int, chats: int, seed: int = 5) -> dict[str, Figure]:
    """A letter a second to a chat in the storm and one to a healthy one; half of them stand in no order."""
    async with a_town(platform, folder) as town:
        stormy = [town.new_chat(f"storm{number}") for number in range(chats)]
        healthy = [town.new_chat(f"calm{number}") for number in range(max(2, chats // 4))]
        storm = Storm(town, random.Random(seed), set(stormy))
        town.rain(storm)
        sent: dict[str, list[str]] = {chat: [] for chat in stormy + healthy}
        put: dict[str, datetime] = {}
        for second in range(seconds):
            for kind in (stormy, healthy):
                chat = kind[second % len(kind)]
                words = f"n{second:05}{'x' if second % 2 else ''}"
                await town.put(chat, words, alone=bool(second % 2))
                sent[chat].append(words)
                put[f"{chat}{words}"] = town.clock()
            await town.after(1)
            for chat in healthy:
                for words in town.read(chat)[-2:]:
                    if moment := put.pop(f"{chat}{words}", None):
                        storm.delays.append((town.clock() - moment).total_seconds())
        storm.over = True
        await town.calm()
        wrong = sum(_wrong(town.read(chat), words) for chat, words in sent.items())
        delay = sorted(storm.delays)[int(len(storm.delays) * 0.95)]
        assert storm.refused > seconds / 10, "it was a storm"
        assert storm.early == 0, f"{storm.early} sends earlier than told"
        assert storm.hasty == 0, f"{storm.hasty} sends within a second of a refusal"
        assert wrong == 0, f"{wrong} letters lost, twice, or out of order"
        assert delay < 3, f"a healthy chat waits {delay} s"
        return {
            "letters": 2 * seconds,
            "refused": storm.refused,
            "early": storm.early,
            "hasty": storm.hasty,
            "lost_or_twice": wrong,
            "healthy_p95_seconds": delay,
        }


def _wrong(read: list[str], sent: list[str]) -> int:
    lost = len(set(sent) - set(read)) + len(read) - len(set(read))
    in_order = [words for words in read if not words.endswith("x")]
    return lost + sum(second < first for first, second in pairwise(in_order))
