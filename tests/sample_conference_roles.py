"""Cards about roles and seats of a conference, as full as they can become."""

from collections.abc import Callable, Iterable

from bot.chat.messages import Message
from bot.store.conference_roles import ROLES, STATES, Seen
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference
from bot.store.seats import Seat
from bot.views.cards import conference_roles, conference_seats
from bot.views.conference_forms import PLACE_LIMIT
from bot.views.text import Text

ROOMS = (conference_roles, conference_seats)
LINK = "https://example.org/".ljust(PLACE_LIMIT, "x")
HALL = "館" * PLACE_LIMIT
SEAT = Seat(LINK, 0, 99, "late")


def cards(text: Text, found: PublicConference, seen: Standing) -> dict[Callable[..., object], Iterable[Message]]:
    """found: with a fixed date. seen: by who may do everything there."""
    boards = [tuple(Seen(role, state, True) for role in ROLES) for state in STATES]
    return {
        conference_roles.board: [
            conference_roles.board(text, found, each, coordinator=True, said=text("conference_roles.offered"))
            for each in boards
        ],
        conference_roles.own: [conference_roles.own(text, found, role, offered=role == "host") for role in ROLES],
        conference_roles.of_another: [conference_roles.of_another(text, found, ROLES[3])],
        conference_roles.call: [conference_roles.call(text, found, ROLES)],
        conference_roles.missing: [conference_roles.missing(text, found, ROLES)],
        conference_roles.wanted: [conference_roles.wanted(text, found, ROLES[3])],
        conference_roles.relieved: [conference_roles.relieved(text, found, ROLES[3])],
        conference_roles.freed: [conference_roles.freed(text, found, ROLES[3])],
        conference_roles.free_again: [conference_roles.free_again(text, found, ROLES[3])],
        conference_seats.shown: [conference_seats.shown(text, Message(body="…", note="…"), seen)],
        conference_seats.reminder: [
            conference_seats.reminder(text, found, HALL, ROLES, found.slots[0].starts_at),
            conference_seats.reminder(text, found, LINK, ROLES),
        ],
        conference_seats.answered: [conference_seats.answered(text, found, turn) for turn in (0, 99)],
        conference_seats.away: [conference_seats.away(text, found, each) for each in ((), ROLES)],
        conference_seats.moved_up: [conference_seats.moved_up(text, found)],
        conference_seats.waits: [conference_seats.waits(text, found, 99)],
        conference_seats.begins: [conference_seats.begins(text, found, each, leads=True) for each in ("", LINK, HALL)],
        conference_seats.here: [conference_seats.here(text, found.id, each) for each in ("there", "late")],
        conference_seats.sizes: [conference_seats.sizes(text, found)],
        conference_seats.sized: [conference_seats.sized(text, found, 99)],
        conference_seats.place_told: [conference_seats.place_told(text, found, each) for each in ("", LINK, HALL)],
        conference_seats.place_set: [conference_seats.place_set(text, found, told=each) for each in (True, False)],
    }
