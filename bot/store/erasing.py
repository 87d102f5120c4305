"""A person leaves for good: one transaction takes everything of theirs, and plans what follows in the places."""

import secrets
from datetime import datetime, timedelta

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import darkening, labels, mailroom, posts, tombstones, worries
from bot.store.mine import Own
from bot.store.posts import Post
from bot.store.seal import WrongKey
from bot.store.session import Session


def erase(session: Session, member_id: str, person: Address, own: Own, now: datetime) -> list[Post]:
    """Destroys the keys of their worries, overwrites their answers, and removes all else that is theirs.

    Returns the posts that are under way just now: whoever knows the words takes theirs out of the letters."""
    threads = sorted({*own.worries, *(worry_id for _, worry_id in own.answers)})  # held in one order by everyone
    places = {worry_id: _places(session, worry_id) for worry_id in threads}
    taken = [Post("worry", posts.worry_key(each, place), place) for each in own.worries for place in places[each]]
    taken += [Post("answer", posts.answer_key(each, place), place) for each, on in own.answers for place in places[on]]
    for worry_id in own.worries:
        closed_at = _some_hour(now)
        darkening.darken_worry(session, worry_id, places[worry_id], now, closed_at)
        tombstones.bury(session, "worry", worry_id, closed_at)  # another day than its own would tell of a leaving
    for answer_id, worry_id in own.answers:
        if worry_id not in own.worries:
            darkening.silence_answer(session, answer_id)
            tombstones.bury(session, "answer", answer_id, _some_hour(now))
    mailroom.drop_changes(session, {*own.worries, *(answer_id for answer_id, _ in own.answers)})
    darkening.forget_marks(session, own)
    darkening.forget_person(session, member_id, person)
    tombstones.bury(session, "member", member_id, _some_hour(now))
    tombstones.mix(session, now)
    labels.look_again(session, now)
    return [post for post in taken if posts.take_back(session, post, now)]


def _places(session: Session, worry_id: str) -> tuple[str, ...]:
    """None where it was closed a moment ago, or is rotten: then nobody knows any more whose it was, or where it is."""
    try:
        return worries.find(session, worry_id, to_change=True, states=worries.LIVING).places
    except (Refused, WrongKey):
        return ()


def _some_hour(now: datetime) -> datetime:
    """Each of their worries says another hour at which it was closed: one hour for all would link them."""
    return now + timedelta(seconds=secrets.randbelow(int(posts.TAKEN_BACK_WITHIN.total_seconds())))
