"""Deciding the date of a conference: what is proposed and why, who would be lost, and the other dates."""

from bot.chat.messages import Button, Message
from bot.store.conferences import PublicConference
from bot.store.proposals import Judged, Proposal
from bot.views.cards import conference
from bot.views.cards.conference_roles import name, names
from bot.views.text import Text

OTHERS = 3
"""Dates that can be chosen beside the proposed one; the rest stands behind one more press."""

TIED = 4
"""Dates of a tie that fit one screen."""


def proposal(text: Text, found: Proposal) -> Message:
    """The best date with its reason; a tie is for people to decide, and where nothing is left it says why."""
    if not found.open:
        return _nothing(text, found)
    if not found.best:
        return every(text, found, title=text("conference_dates.nobody"))
    if len(found.best) > 1:
        return _tie(text, found)
    (best,) = found.best
    return _asked(text, found, best, text(f"conference_dates.reason.{found.reason}"))


def chosen(text: Text, found: Proposal, slot: Judged) -> Message:
    """One that a coordinator chose; it can be decided."""
    return _asked(text, found, slot, "")


def every(text: Text, found: Proposal, title: str = "") -> Message:
    """All dates in their order; what cannot be decided says why, and has no button."""
    rows = sorted(found.ranked, key=lambda each: each.slot.starts_at)
    return Message(
        title=title or text("conference_dates.which"),
        body="\n".join(_row(text, each) for each in rows),
        buttons=(*(_choose(text, found, each) for each in rows if each.why is None), _new(text, found)),
    )


def _asked(text: Text, found: Proposal, slot: Judged, reason: str) -> Message:
    others = [each for each in found.open if each is not slot]
    buttons = [_fix(found, slot, text("conference_dates.fix"))]
    buttons += [_choose(text, found, each) for each in others[:OTHERS]]
    if len(found.ranked) > OTHERS + 1 or (len(found.ranked) > 1 and not others):
        buttons.append(_others(text, found))
    counts = text("conference_dates.counts", yes=slot.slot.yes, maybe=slot.slot.maybe, no=slot.slot.no)
    return Message(
        title=text.when(slot.slot.starts_at),
        body="\n".join(line for line in (reason, _unsure(text, slot), counts, _lost(text, slot)) if line),
        note=_told(text, found),
        buttons=tuple(buttons),
    )


def _tie(text: Text, found: Proposal) -> Message:
    shown = found.best[:TIED]
    lines = [line for each in shown for line in (_row(text, each), _lost(text, each)) if line]
    buttons = [
        _fix(found, each, text("conference_dates.fix_this", when=text.when(each.slot.starts_at))) for each in shown
    ]
    if len(found.ranked) > len(shown):
        buttons.append(_others(text, found))
    return Message(
        title=text("conference_dates.tie", dates=len(found.best)),
        body="\n".join(lines),
        note=_told(text, found),
        buttons=tuple(buttons),
    )


def _nothing(text: Text, found: Proposal) -> Message:
    return Message(
        title=text("conference_dates.nothing"),
        body="\n".join(_row(text, each) for each in sorted(found.ranked, key=lambda each: each.slot.starts_at)),
        buttons=(
            _new(text, found),
            Button(text("conference.back"), "conference.show", found.conference.id),
        ),
    )


def _row(text: Text, each: Judged) -> str:
    slot = each.slot
    row = text("conference.row", when=text.when(slot.starts_at), yes=slot.yes, maybe=slot.maybe, no=slot.no)
    return f"{row}　{text(f'conference_dates.why.{each.why}')}" if each.why else row


def _lost(text: Text, each: Judged) -> str:
    """Who could not come, before anybody is told: how many, in which roles, and by name only where names are seen."""
    if not each.slot.no:
        return ""
    known = [text("conference_dates.in_role", role=name(text, role)) for role in each.lost]
    known += [text("conference_dates.named", name=name) for name in each.names]
    if not known:
        return text("conference_dates.lost", people=each.slot.no)
    return text("conference_dates.lost_known", people=each.slot.no, known=text("conference_dates.and").join(known))


def _unsure(text: Text, each: Judged) -> str:
    return text("conference_dates.unsure", roles=names(text, each.unsure)) if each.unsure else ""


def _told(text: Text, found: Proposal) -> str:
    return text("conference_dates.told", answered=found.conference.answered)


def _fix(found: Proposal, each: Judged, label: str) -> Button:
    return Button(label, "conference.fix", f"{found.conference.id}.{each.slot.number}")


def _choose(text: Text, found: Proposal, each: Judged) -> Button:
    label = text("conference_dates.choose", when=text.when(each.slot.starts_at))
    return Button(label, "conference.choose", f"{found.conference.id}.{each.slot.number}")


def _new(text: Text, found: Proposal) -> Button:
    return Button(text("conference_dates.new"), "conference.move", found.conference.id)


def _others(text: Text, found: Proposal) -> Button:
    return Button(text("conference_dates.others"), "conference.others", found.conference.id)


def fixed_without(text: Text, decided: PublicConference) -> Message:
    """To those who said ✕ to what it became."""
    return Message(
        title=conference.fixed_title(text, decided),
        body=conference.stands(text, decided),
        quote=decided.theme,
        note=text("conference_dates.without_you"),
    )
