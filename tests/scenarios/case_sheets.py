"""A conference whose date is fixed: hana (Telegram) presents, ken (Slack) comes, mio cannot, sato looks after it."""

from dataclasses import dataclass

from bot.chat.events import Address, Press
from bot.chat.messages import Message
from bot.store import members
from bot.store.conference_models import ConferenceRole
from bot.store.session import Session
from tests.scenarios.conferences import answers, decides, proposed
from tests.world import Person, World

WHEN = "12月3日(木) 14:00"
ASKED = "本人に会えないとき、手紙はどう書けばいいですか"
WORRIES = "親御さんとしか話せていません。"
TRIED = "手紙を置いて帰ることを続けました。"
FILLED = ("20代", "10年以上", "親と", "家族とだけ", WORRIES, TRIED, ASKED, "関わり方")
IN_A_DIALOG = ("twenties", "longer", "parents", "family", WORRIES, TRIED, ASKED, "meeting")


@dataclass(frozen=True)
class Meeting:
    conference: str
    sato: Person
    hana: Person
    ken: Person
    mio: Person


async def member_of(person: Person) -> str:
    address = Address(person.platform.name, "team", person.id)
    found = await person.world.house.database.read(lambda session: members.find(session, address))
    assert found
    return found.id


async def presents(person: Person, conference: str) -> None:
    member = await member_of(person)

    def take(session: Session) -> None:
        session.insert(ConferenceRole, conference=conference, role="presenter", member=member, offered=False)

    await person.world.house.database.write(take)


async def asked_for(world: World, *, decide: bool = True) -> Meeting:
    sato, conference = await proposed(world)
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます", "◯ 行けます")
    ken = await answers(world, "ken", world.slack, conference, "yes", "yes", "maybe")
    mio = await answers(world, "mio", world.slack, conference, "no", "no", "no")
    await presents(hana, conference)
    if decide:
        await decides(sato, WHEN)
    return Meeting(conference, sato, hana, ken, mio)


async def writes(meeting: Meeting, filled: tuple[str, ...] = FILLED) -> None:
    await meeting.hana.does(Press("conference.sheet_write", meeting.conference))
    await meeting.hana.fills(*filled)


async def opens(person: Person, meeting: Meeting) -> Message:
    shown = await person.does(Press("conference.sheet", meeting.conference))
    assert shown
    return shown


def letters(person: Person) -> list[Message]:
    return [each for each in person.letters if "資料ができました" in each.body]
