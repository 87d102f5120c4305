"""F7: we are down for an hour, and for twenty-five; what was said meanwhile is answered, what is lost is told."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.slack.hearing import HEARD
from bot.app.memory import HouseMemory
from bot.store.database import Database
from bot.store.members import Role
from bot.store.seal import Keys
from tests.adapters.slack.house import open_slack_house
from tests.adapters.telegram.house import open_telegram_house
from tests.faults.report import Figure
from tests.slack.server import open_slack
from tests.telegram.server import open_telegram
from tests.world import HeldClock


async def telegram_without_us(folder: Path, *, hours: int, messages: int) -> dict[str, Figure]:
    """The first half is written at once, the second in the last hour."""
    clock, half = HeldClock(), messages // 2
    async with open_telegram(now=clock) as telegram:
        async with open_telegram_house(folder, telegram, clock) as town:
            sato, hana = await town.member("sato", Role.COORDINATOR), await town.member("hana")
        for _ in range(half):
            await hana.commands("help")
        clock.advance(timedelta(hours=hours - 1))
        for _ in range(half):
            await hana.commands("help")
        clock.advance(timedelta(hours=1))
        telegram.queue.drop_old()
        expected = half if hours > 24 else 2 * half
        for _ in range(2):
            async with open_telegram_house(folder, telegram, clock) as town:
                await telegram.chats.until(lambda: len(hana.letters) >= expected, 60, f"{expected} answers")
                await town.settled()
    answered = len(hana.letters)
    gaps = [letter.text for letter in sato.letters if "受け取れていませんでした" in letter.text]
    assert answered == expected, f"{answered} answers instead of {expected}"
    assert len(gaps) == (hours > 24), "a gap is told once, and only where there is one"
    assert all("11月24日" in words for words in gaps), "with its time"
    return {"written": 2 * half, "kept_by_telegram": expected, "answered": answered, "gaps_told": len(gaps)}


async def slack_without_us(folder: Path, *, messages: int) -> dict[str, Figure]:
    """For an hour: one half is said at its beginning, the other at its end."""
    moved = [-timedelta(minutes=61)]

    def now() -> datetime:
        return datetime.now(UTC) + moved[0]

    async with open_slack(now=now) as slack:
        async with open_slack_house(folder, slack) as town:
            hana = await town.member("hana")
        slack.socket.retry_delays = ()
        with closing(Database(town.house.settings.database, Keys(b"k" * 32))) as database:
            await HouseMemory(database, "slack", now).keep(HEARD, now().isoformat())
        for number in range(messages):
            moved[0] = -timedelta(minutes=60 if number < messages // 2 else 1)
            slack.workspace.post(hana.im, f"手紙は何回くらい書けばよいですか（{number}）", user=hana.id)
        moved[0] = timedelta()
        for _ in range(2):
            async with open_slack_house(folder, slack) as town:
                await slack.workspace.until(lambda: len(hana.letters) >= messages, 60, f"{messages} answers")
                await town.settled()
    assert len(hana.letters) == messages, f"{len(hana.letters)} answers to {messages} messages"
    return {"written": messages, "answered": len(hana.letters)}
