"""A day in the mail room, on whatever database: letters given up, looked at, tried again, dropped, erased."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlmodel import col

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import mailroom, outbox
from bot.store.models import Outbox
from bot.store.outbox import Letter, Outgoing
from bot.store.session import Session
from tests.store.people import HANA, KEN, NOW

WORDS = "だれにも見せないことば"


def put(session: Session, key: str, address: Address = HANA, **options: object) -> None:
    assert outbox.put(session, Letter(key, address, Message(body=WORDS), NOW, **options))  # type: ignore[arg-type]


def taken(session: Session) -> dict[str, Outgoing]:
    """Everything that can go now, one lane after the other, as delivery would take it."""
    found: dict[str, Outgoing] = {}
    while claimed := outbox.claim(session, NOW):
        found |= {outgoing.letter.key: outgoing for outgoing in claimed}
        for outgoing in claimed:
            outbox.give_up(session, outgoing, "dead", "Unreachable")
    return found


def the_day(session: Session) -> None:
    for key in ("notice:1", "notice:2", "reminder:3"):
        put(session, key, alone=key.startswith("notice"))
    given_up = taken(session)
    slips, every = mailroom.slips(session)
    assert every == 3
    assert [(slip.platform, slip.kind, slip.state, slip.reason) for slip in slips] == [
        ("telegram", kind, "dead", "Unreachable") for kind in ("notice", "notice", "reminder")
    ]
    first, second, third = (given_up[key].token for key in ("notice:1", "notice:2", "reminder:3"))
    assert [slip.id for slip in mailroom.named(session, first[:8])] == [first]
    assert mailroom.retry(session, first, NOW) == "done"
    assert mailroom.retry(session, first, NOW) == "moving"
    (again,) = outbox.claim(session, NOW)
    assert again.letter == given_up["notice:1"].letter
    assert (again.lane, again.attempts, again.doubtful) == (given_up["notice:1"].lane, 0, False)
    outbox.delivered(session, again, "r")
    assert mailroom.retry(session, first, NOW) == "moving"
    assert mailroom.drop(session, first) == "moving"
    assert mailroom.drop(session, second) == "done"
    assert mailroom.retry(session, second, NOW) == "moving"
    assert not outbox.put(session, Letter("notice:2", HANA, Message(body=WORDS), NOW)), "it is not written anew"
    mailroom.erase(session, {"3"}, KEN)
    assert mailroom.retry(session, third, NOW) == "empty"
    left = session.rows(select(col(Outbox.state), col(Outbox.letter), col(Outbox.lane)).order_by(col(Outbox.seq)))
    assert [tuple(row) for row in left] == [("delivered", None, None), ("dropped", None, None), ("dead", None, None)]
    outbox.forget_old(session, NOW + timedelta(days=7, seconds=1))
    assert mailroom.slips(session, mailroom.STATES) == ([], 0)


def spoil(session: Session, token: str) -> None:
    session.run(update(Outbox).where(col(Outbox.token) == token).values(letter=b"of another key"))
