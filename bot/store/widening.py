"""Labels that were shown and can be shown no longer, because members left, came or changed: each grows wider."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store import labels, told, worries
from bot.store.items import Item
from bot.store.labels import Crowd, Label
from bot.store.models import Worry
from bot.store.rules import Rules
from bot.store.seal import WrongKey
from bot.store.session import Session
from bot.store.worries import PublicWorry

SHOWN = ("open", "hidden")

_labelled = select(col(Worry.id)).where(col(Worry.label).is_not(None)).order_by(col(Worry.id))


def widen(session: Session, rules: Rules) -> list[str]:
    """The open worries whose label is another now; never a narrower one."""
    crowds: dict[tuple[str, ...], Crowd] = {}
    changed = []
    for worry, item in _shown(session):
        label = Label(worry.beside.area, worry.beside.work)
        if worry.places not in crowds:
            crowds[worry.places] = labels.crowd(session, worry.places)
        allowed = labels.allowed(label, crowds[worry.places], rules.label_members)
        if allowed != label:
            beside = replace(worry.beside, area=allowed.area, work=allowed.work)
            values = {"label": told.seal(item, beside)}
            session.run(update(Worry).where(col(Worry.id) == worry.id).values(**values))
            changed += [worry.id] if worry.state == "open" else []
    return changed


def _shown(session: Session) -> Iterator[tuple[PublicWorry, Item]]:
    for row in session.rows(_labelled):
        try:
            worry, item, _ = worries.unsealed(session, row.id, to_change=True, states=SHOWN)
        except (Refused, WrongKey):
            continue
        if worry.beside.area or worry.beside.work:
            yield worry, item
