"""The menu, the language, and making a group a place of the community."""

from bot.chat.errors import Refused
from bot.chat.events import Command, Press
from bot.chat.messages import Reply
from bot.language.cleaning import clean, length
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import acts, drafts, members, places
from bot.store.members import Role
from bot.store.places import Place
from bot.store.session import Session
from bot.views.cards import line, welcome
from bot.views.text import LANGUAGES

router = Router()

PLACE_NAME_LIMIT = 30


@router.command("menu")
async def menu_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await menu(turn)


@router.press("menu.show")
async def menu_again(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await menu(turn)


async def menu(turn: Turn) -> Reply:
    kinds: tuple[drafts.Kind, ...] = ("resting", "preview", "held")

    def unfinished(session: Session) -> list[str]:
        found = [drafts.latest(session, turn.private, kind, turn.now) for kind in kinds]
        return [draft.id if draft else "" for draft in found]

    alone = turn.event.direct
    resting, preview, held = await turn.db.read(unfinished) if alone else ("", "", "")
    return Reply(welcome.menu(turn.text, alone=alone, resting=bool(resting), preview=preview, held=held))


@router.command("language")
async def choose_language(turn: Turn, command: Command) -> Reply:
    wanted = clean(command.argument, lines=False).lower()
    return await _speak(turn, wanted) if wanted else Reply(welcome.languages(turn.text))


@router.press("language.show")
async def show_languages(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(welcome.languages(turn.text))


@router.press("language.set")
async def set_language(turn: Turn, press: Press) -> Reply:
    return await _speak(turn, press.argument)


async def _speak(turn: Turn, language: str) -> Reply:
    if language not in LANGUAGES:
        raise Refused("language.unknown")
    await turn.db.write(lambda session: members.set_language(session, turn.member.id, language))
    return Reply(line(turn.text.speaking(language), "language.changed"))


@router.command("here", Role.COORDINATOR)
async def link_place(turn: Turn, command: Command) -> Reply:
    """Worries and conferences are posted here from now on."""
    if turn.event.direct:
        raise Refused("welcome.here_alone")
    name = clean(command.argument, lines=False) or turn.text("welcome.default_place")
    if length(name) > PLACE_NAME_LIMIT:
        raise Refused("welcome.here_name")

    def link(session: Session) -> Place:
        place = places.link(session, turn.event.address, name, turn.member.language)
        acts.note(session, turn.member.id, "linked", place.id, turn.now)
        return place

    return Reply(welcome.linked(turn.text, await turn.db.write(link)))
