"""What members and coordinators do to keep it kind, step by step, for the scenes that need it done."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from bot.chat.events import Press
from bot.chat.messages import Message
from bot.store import members
from bot.store.members import Role
from bot.store.models import Worry
from bot.views.text import words
from tests.world import Person, World

JA = words("ja")
HIDDEN, THANKS, GONE = JA["report.out_of_sight"], JA["report.thanks"], JA["worry.gone"]
HARSH, ANSWER = JA["report.reason.harsh"], "まずはお手紙から始めてみませんか。"
DECIDED = {each: JA[f"moderation.decided.{each}"] for each in ("stopped", "restored", "left")}


async def crowd(world: World, *names: str) -> list[Person]:
    """As many on one platform as on the other."""
    platforms = (world.slack, world.telegram)
    return [await world.person(name, platforms[number % 2]) for number, name in enumerate(names)]


async def reports(person: Person, subject: str, reason: str = "harsh") -> Message:
    asked = await person.does(Press("report.begin", subject))
    assert asked and JA["report.why"] in asked.body
    thanked = await person.does(Press("report.send", f"{subject}.{reason}"))
    assert thanked and thanked.body == THANKS
    return thanked


async def answered(world: World, person: Person, worry: str) -> str:
    """The id of the answer, as it stands on its button."""
    await person.does(Press("worry.reply", worry))
    await person.fills(ANSWER)
    post = next(post for post in world.slack.posts if post.message.quote == ANSWER)
    return next(button.argument for button in post.message.buttons if button.action == "report.begin")


def stands(world: World, wanted: str) -> list[str]:
    """What can be read in the groups."""
    return [
        post.message.quote
        for platform in (world.slack, world.telegram)
        for post in platform.posts
        if "-group-" in post.address.channel and wanted in post.message.quote
    ]


async def queue(sato: Person) -> Message:
    shown = await sato.does(Press("moderation.queue"))
    assert shown
    return shown


async def looks(sato: Person, subject: str) -> Message:
    shown = await sato.does(Press("moderation.look", subject))
    assert shown
    return shown


async def stops(sato: Person, subject: str, reason: str = HARSH, line: str = "") -> Message | None:
    await sato.does(Press("moderation.stop", subject))
    if sato.form:
        return await sato.fills("harsh" if reason == HARSH else reason, line)
    await sato.presses(reason)
    return await (sato.says(line) if line else sato.presses(JA["forms.skip"]))


async def opens(person: Person) -> Message:
    told = await person.presses(JA["worry.open"])
    assert told
    return told


async def paused(sato: Person, subject: str, days: int = 7, whom: str = "writer") -> Message:
    await sato.does(Press("moderation.pause", f"{subject}.{whom}"))
    said = await sato.presses(JA["moderation.days"].format(days=days))
    assert said
    return said


async def into_state(world: World, worry: str, state: str) -> None:
    changed = update(Worry).where(col(Worry.id) == worry).values(state=state)
    await world.house.database.write(lambda session: session.run(changed))


async def code_for(world: World) -> str:
    until = world.house.clock() + timedelta(days=1)
    return await world.house.database.write(lambda session: members.invite(session, Role.SUPPORTER, 1, until))
