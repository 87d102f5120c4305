"""What a platform tells about its chats: back again, gone, closed to us, moved, or not heard for too long."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.chat.events import News
from bot.chat.messages import Message
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import away, heartbeat, labels, members, outbox, places
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.views.cards import line
from bot.views.text import Text

router = Router()


@router.news("back")
async def back(turn: Turn, news: News) -> None:  # noqa: ARG001
    """What waited for this chat goes now. A group nobody knows may be a place that has moved unheard: what waits for
    a place is tried, and its old address tells where it went."""

    def write(session: Session) -> None:
        here = turn.event.address
        away.release(session, here)
        if not turn.event.direct and not places.at(session, here):
            for place in places.every(session):
                if place.address.platform == here.platform:
                    away.release(session, place.address)

    await turn.db.write(write)


@router.news("gone")
async def gone(turn: Turn, news: News) -> None:  # noqa: ARG001
    await _about_place(turn, lambda text, name: line(text, "chats.gone", name=name))


@router.news("hushed")
async def hushed(turn: Turn, news: News) -> None:  # noqa: ARG001
    await _about_place(turn, lambda text, name: line(text, "chats.hushed", name=name))


@router.news("demoted")
async def demoted(turn: Turn, news: News) -> None:  # noqa: ARG001
    await _about_place(turn, lambda text, name: line(text, "chats.demoted", name=name))


@router.news("moved")
async def moved(turn: Turn, news: News) -> None:
    """The same group under a new address: it stays the place it was, and what waited for the old one follows."""
    old, new = turn.event.address, replace(turn.event.address, channel=news.argument)

    def write(session: Session) -> None:
        places.move(session, old, new)
        labels.look_again(session, turn.now)
        away.release(session, old)

    await turn.db.write(write)


@router.news("gap")
async def gap(turn: Turn, news: News) -> None:
    """Telegram keeps what nobody fetches for a day only. Nothing where the whole house was away, and said so."""
    since = datetime.fromisoformat(news.argument)

    def write(session: Session) -> None:
        platform = turn.event.address.platform
        if not heartbeat.is_told(session, platform, since, loss=True):
            _tell(turn, session, lambda text: line(text, "chats.gap", since=text.when(since)))
            heartbeat.tell(session, platform, turn.now, loss=True)

    await turn.db.write(write)


async def _about_place(turn: Turn, words: Callable[[Text, str], Message]) -> None:
    """One line to every coordinator; nothing where the group is no place of the community."""

    def write(session: Session) -> None:
        if place := places.at(session, turn.event.address):
            _tell(turn, session, lambda text: words(text, place.name))

    await turn.db.write(write)


def _tell(turn: Turn, session: Session, words: Callable[[Text], Message]) -> None:
    for number, recipient in outbox.shuffled(enumerate(members.coordinators(session))):
        message = words(turn.text.speaking(recipient.language))
        key = f"chats:{turn.event.address.platform}:{turn.event.id}:{number}"
        outbox.put(session, Letter(key, recipient.address, message, turn.now))
