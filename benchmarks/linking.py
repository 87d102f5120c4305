"""How often somebody who sees who was writing when guesses the author of a worry: 10,000 simulated posts.

The attacker knows more than anybody could: everyone who confirmed a worry, the minute of each, how many each of them
wrote, and the rules. Of several ways to guess, the best one counts. The times and the decision are the bot's own."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from bot.store import publishing
from bot.store.outbox import shuffled
from bot.store.rules import Rules

POSTS = 10_000
RULES = Rules(publish_times=(time(9), time(12, 30), time(16), time(19, 30)))
START = datetime(2026, 11, 24, tzinfo=UTC)

Guess = Callable[[Sequence[int], int], int]
"""Who wrote the post at this place of a batch, given who wrote in which order."""

GUESSES: tuple[Guess, ...] = (
    lambda written, at: written[at],
    lambda written, at: written[-1 - at],
    lambda written, _: written[0],
    lambda written, _: Counter(written).most_common(1)[0][0],
)


@dataclass(frozen=True)
class Written:
    author: int
    at: datetime


def writing(random: Random, people: int, a_day: float) -> Iterator[Written]:
    """Anybody at any minute of the day, a few more often than others."""
    eagerness = [random.uniform(0.5, 2) for _ in range(people)]
    now = START
    while True:
        now += timedelta(days=random.expovariate(a_day))
        yield Written(random.choices(range(people), eagerness)[0], now)


def batches(random: Random, posts: int, people: int, a_day: float) -> Iterator[list[Written]]:
    """What goes together, in the order in which it was written."""
    waiting: list[Written] = []
    published, time_of_publishing = 0, publishing.next_time(START, RULES)
    for each in writing(random, people, a_day):
        while time_of_publishing <= each.at:
            if waiting and publishing.may_go([(one.author, one.at) for one in waiting], time_of_publishing, RULES):
                yield waiting
                published, waiting = published + len(waiting), []
            time_of_publishing = publishing.next_time(time_of_publishing, RULES)
        if published >= posts:
            return
        waiting.append(each)


def guessed(found: Sequence[list[Written]]) -> float:
    """The share of posts whose author the best of the attackers names."""
    right = Counter[int]()
    for batch in found:
        order = [each.author for each in batch]
        for at, post in enumerate(shuffled(batch)):
            right.update(number for number, guess in enumerate(GUESSES) if guess(order, at) == post.author)
    return max(right.values()) / sum(map(len, found))


def figures(posts: int = POSTS, seed: int = 1) -> dict[str, float]:
    """limit: what is allowed. lively, quiet: communities of 60 people with 20 worries and with 2 a day; at_once: what
    the same attacker knows where each worry appears as soon as it is written."""
    lively = list(batches(Random(seed), posts, 60, 20))
    quiet = list(batches(Random(seed), posts, 60, 2))
    return {
        "limit": 1 / RULES.batch_authors + 0.02,
        "lively": guessed(lively),
        "quiet": guessed(quiet),
        "at_once": guessed([[each] for batch in lively for each in batch]),
        "posts": float(sum(map(len, lively))),
    }


def lines() -> list[str]:
    found = figures()
    return [
        "Authors guessed from who was writing when, of 10,000 posts (batches of 3 authors; allowed: 1/k + 2 points)",
        f"  20 worries a day {found['lively']:.3f}   2 a day {found['quiet']:.3f}   "
        f"each at once {found['at_once']:.3f}   allowed {found['limit']:.3f}",
    ]
