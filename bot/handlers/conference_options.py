"""How a poll is set, changeable until its date is fixed; its code, its end, and 今回は聞かないで."""

from collections.abc import Callable, Collection, Mapping

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.routing import conference_letters, poll_closing, working_days
from bot.routing.conference_seen import seen
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import asked, conference_roles, conferences
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.session import Session
from bot.views.cards import conference_home
from bot.views.cards import conference_polls as cards

router = Router()

Setting = Callable[[Turn, Session, PublicConference, str], PublicConference]


@router.press("conference.options", Role.COORDINATOR)
async def show(turn: Turn, press: Press) -> Reply:
    """argument: the conference, and perhaps one of its settings."""
    conference_id, _, part = press.argument.partition(".")
    if part and part not in cards.PARTS:
        raise Refused("error.stale_button")
    found = await turn.db.read(lambda session: _unfixed(turn, session, conference_id))
    return Reply(cards.choices(turn.text, found, part) if part else cards.options(turn.text, found), replace=True)


@router.press("conference.option", Role.COORDINATOR)
async def change(turn: Turn, press: Press) -> Reply:
    """argument: the conference, what is changed, and to what."""
    conference_id, what, value = (*press.argument.split("."), "", "")[:3]
    if what not in SETTINGS:
        raise Refused("error.stale_button")
    await working_days.loaded(turn)

    def write(session: Session) -> PublicConference:
        return SETTINGS[what](turn, session, _unfixed(turn, session, conference_id), value)

    changed = await turn.db.write(write)
    if what == "roles":
        return Reply(cards.choices(turn.text, changed, "roles"), replace=True)
    return Reply(cards.options(turn.text, changed), replace=True)


@router.press("conference.new_code", Role.COORDINATOR)
async def renew_code(turn: Turn, press: Press) -> Reply:
    """Shown where nobody else reads along, and once."""
    turn.only_us()

    def write(session: Session) -> tuple[PublicConference, str]:
        found = _unfixed(turn, session, press.argument)
        if found.audience != asked.BY_CODE:
            raise Refused("error.stale_button")
        return found, asked.new_code(session, found.id)

    found, code = await turn.db.write(write)
    return Reply(cards.options(turn.text, found, code), replace=True)


async def enter(turn: Turn, code: str) -> Reply:
    """/conference CODE: from now on this person is asked, and sees it."""

    def write(session: Session) -> Standing:
        return seen(turn, session, asked.enter(session, code, turn.member.id, turn.now).id)

    return Reply(conference_home.card(turn.text, await turn.db.write(write)))


@router.press("conference.decline")
async def decline(turn: Turn, press: Press) -> Reply:
    def write(session: Session) -> PublicConference:
        declined = asked.decline(session, press.argument, turn.member.id)
        poll_closing.look(session, declined, turn.now, turn.text)
        return asked.find(session, press.argument, turn.member.id)

    declined = await turn.db.write(write)
    return Reply(cards.declined(turn.text, declined), replace=turn.event.direct)


def _unfixed(turn: Turn, session: Session, conference_id: str) -> PublicConference:
    """Held, and only for who may see it. Refused once its date is fixed."""
    conferences.held(session, conference_id)
    found = asked.find(session, conference_id, turn.member.id)
    if not found.asking:
        raise Refused("conference.closed")
    return found


def _names(turn: Turn, session: Session, found: PublicConference, value: str) -> PublicConference:
    """Whoever has answered did so trusting in what stood there: names may be hidden later, never shown."""
    hidden = _one_of(value, ("show", "hide")) == "hide"
    if found.answered and found.hidden and not hidden:
        raise Refused("conference_polls.answered_already")
    return _changed(turn, session, found, hidden=hidden)


def _fewest(turn: Turn, session: Session, found: PublicConference, value: str) -> PublicConference:  # noqa: ARG001
    number = int(_one_of(value, [str(number) for number in cards.FEWEST]))
    return conferences.change(session, found.id, minimum=number)


def _roles(turn: Turn, session: Session, found: PublicConference, value: str) -> PublicConference:  # noqa: ARG001
    role = _one_of(value, conference_roles.ROLES if found.kind != "support" else ())
    return _requiring(session, found, role, wanted=role not in found.required)


def _online(turn: Turn, session: Session, found: PublicConference, value: str) -> PublicConference:  # noqa: ARG001
    """Online there is a host besides."""
    online = _one_of(value, ("yes", "no")) == "yes"
    changed = conferences.change(session, found.id, online=online)
    return changed if found.kind == "support" else _requiring(session, changed, "host", wanted=online)


def _requiring(session: Session, found: PublicConference, role: str, *, wanted: bool) -> PublicConference:
    chosen = {*found.required, role} if wanted else {*found.required} - {role}
    required = " ".join(each for each in conference_roles.ROLES if each in chosen)
    return conferences.change(session, found.id, required=required)


def _until(turn: Turn, session: Session, found: PublicConference, value: str) -> PublicConference:
    """Another end; one that was closed is open again until then."""
    days = int(_one_of(value, [str(number) for number in cards.DAYS]))
    closes_at = poll_closing.in_days(days, turn.now, turn.rules)
    if closes_at > max(slot.starts_at for slot in found.slots):
        raise Refused("conference_polls.too_late")
    changed = _changed(turn, session, found, closes_at=closes_at, state="open")
    poll_closing.plan(session, changed, turn.now, turn.rules)
    return changed


def _close(turn: Turn, session: Session, found: PublicConference, value: str) -> PublicConference:  # noqa: ARG001
    """By the hand of whoever looks after it, who needs no letter about it."""
    return _changed(turn, session, found, state="closed") if found.open else found


def _changed(turn: Turn, session: Session, found: PublicConference, **columns: object) -> PublicConference:
    """What everybody sees in the places."""
    changed = conferences.change(session, found.id, **columns)
    conference_letters.update_posts(session, changed, turn.now, turn.text)
    return changed


def _one_of(value: str, every: Collection[str]) -> str:
    if value not in every:
        raise Refused("error.stale_button")
    return value


SETTINGS: Mapping[str, Setting] = {
    "names": _names,
    "fewest": _fewest,
    "roles": _roles,
    "online": _online,
    "until": _until,
    "close": _close,
}
