"""Calling others to a worry, by notices without content; whoever wrote it is told without others learning who it is."""

from collections.abc import Sequence
from datetime import datetime

from bot.store import following_up, outbox
from bot.store.members import Recipient
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.views.cards import unanswered
from bot.views.text import Text


def call(
    session: Session, worry_id: str, why: str, recipients: Sequence[Recipient], moment: datetime, text: Text
) -> None:
    """why: each is called once for it. Nobody is left out, also not an author who is on duty: others could tell."""
    for number, each in enumerate(recipients):
        card = unanswered.call(text.speaking(each.language), worry_id)
        outbox.put(session, Letter(f"unanswered:{worry_id}:{why}:{number}", each.address, card, moment, alone=True))


def tell_author(session: Session, worry_id: str, why: str, called: str, now: datetime, text: Text) -> None:
    """called: who was, a key of unanswered.status."""
    if author := following_up.author(session, worry_id):
        card = unanswered.news(text.speaking(author.language), worry_id, called)
        outbox.put(session, Letter(f"unanswered:{worry_id}:{why}:author", author.address, card, now, alone=True))
