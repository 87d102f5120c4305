"""見守り as coordinators see it: words, counted reasons and what can be decided; never a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.messages import Button, Message
from bot.store.acts import PublicAct
from bot.store.pauses import DAYS
from bot.store.reviews import Waiting
from bot.store.subjects import STOPPED, Subject
from bot.views.text import Text

WHOM = ("writer", "reporters")

AT_ONCE = 8
"""Of the queue in one message: a phone's screen of them."""


def notice(text: Text) -> Message:
    return Message(body=text("moderation.notice"), buttons=(_queue(text),))


def queue(text: Text, waiting: Sequence[Waiting], first: int) -> Message:
    shown = waiting[first : first + AT_ONCE]
    buttons = [Button(_name(text, each), "moderation.look", each.subject) for each in shown]
    after = first + AT_ONCE
    more = [Button(text("moderation.more"), "moderation.queue", str(after))] if after < len(waiting) else []
    return Message(
        title=text("moderation.title"),
        body="\n".join(_line(text, each) for each in shown) or text("moderation.nothing"),
        note=text("moderation.note"),
        buttons=(*buttons, *more, Button(text("moderation.acts"), "moderation.acts")),
    )


def look(text: Text, subject: Subject, reasons: Mapping[str, int]) -> Message:
    name = text.pseudonym(subject.worry.pseudonym)
    counted = [
        text("moderation.reason_line", reason=text(f"report.reason.{reason}"), count=count)
        for reason, count in reasons.items()
    ]
    seq = subject.answer.seq if subject.answer else 0
    return Message(
        title=text("moderation.answer", name=name, number=seq) if seq else text("moderation.worry", name=name),
        body="\n".join([_state(text, subject), *counted]),
        quote="" if subject.is_for_duty else subject.text,
        note=text("moderation.for_duty" if subject.is_for_duty else "moderation.look_note"),
        buttons=_on_duty(text, subject) if subject.is_for_duty else _decisions(text, subject, reported=bool(reasons)),
    )


def _state(text: Text, subject: Subject) -> str:
    why = text(f"moderation.held_for.{subject.held_for}") if subject.held_for else ""
    return text(f"moderation.state.{subject.state}") + (text("moderation.because", why=why) if why else "")


def _decisions(text: Text, subject: Subject, *, reported: bool) -> tuple[Button, ...]:
    stopped = subject.state in STOPPED
    restore = [Button(text("moderation.restore"), "moderation.restore", subject.id)]
    stop = text("moderation.say_why" if stopped else "moderation.stop")
    reporters = [_pause(text, subject, "reporters")] if reported else []
    return (
        *(restore if may_be_restored(subject) else []),
        Button(stop, "moderation.stop", subject.id),
        Button(text("moderation.leave"), "moderation.leave", subject.id),
        _pause(text, subject, "writer"),
        *reporters,
        _queue(text),
    )


def _on_duty(text: Text, subject: Subject) -> tuple[Button, ...]:
    """Opening it tells that somebody is there."""
    return (Button(text("danger.open"), "danger.open", subject.id), _queue(text))


def may_be_restored(subject: Subject) -> bool:
    return subject.state in STOPPED and not subject.is_for_duty


def _pause(text: Text, subject: Subject, whom: str) -> Button:
    return Button(text(f"moderation.pause.{whom}"), "moderation.pause", f"{subject.id}.{whom}")


def how_long(text: Text, subject: Subject, whom: str, begins: datetime) -> Message:
    """The same for everybody."""
    days = tuple(
        Button(text("moderation.days", days=each), "moderation.paused", f"{subject.id}.{whom}.{each}") for each in DAYS
    )
    not_now = Button(text("mydata.erase_no"), "moderation.look", subject.id)
    return Message(
        title=text(f"moderation.pause.{whom}"),
        body=text("moderation.how_long", begins=text.when(begins)),
        note=text("moderation.how_long_note"),
        buttons=(*days, not_now),
    )


def paused(text: Text, begins: datetime) -> Message:
    """Whoever it is, and whether they rest already."""
    return Message(body=text("moderation.paused", begins=text.when(begins)), buttons=(_queue(text),))


def decided(text: Text, what: str) -> Message:
    return Message(body=text(f"moderation.decided.{what}"), buttons=(_queue(text),))


def acts(text: Text, done: Sequence[PublicAct]) -> Message:
    lines = "\n".join(act_line(text, each) for each in done)
    return Message(
        title=text("moderation.acts"), body=lines or text("moderation.no_acts"), note=text("moderation.acts_note")
    )


def act_line(text: Text, act: PublicAct) -> str:
    did = text(f"moderation.did.{act.what}")
    line = text("moderation.act_line", at=text.when(act.at), by=act.by, did=did, subject=act.subject)
    return line + _because(text, act.reason)


def _because(text: Text, reason: str) -> str:
    if not reason:
        return ""
    why = text("moderation.days", days=reason) if reason.isdecimal() else text(f"report.reason.{reason}")
    return text("moderation.because", why=why)


def _line(text: Text, each: Waiting) -> str:
    whys = text("worry.between_places").join(text(f"moderation.called.{why}") for why in each.whys)
    state = text(f"moderation.state.{each.state}")
    words = text("moderation.line", name=_name(text, each), state=state, whys=whys, since=text.when(each.since))
    return words if each.open else text("moderation.line_looked_at", line=words)


def _name(text: Text, each: Waiting) -> str:
    name = text.pseudonym(each.pseudonym)
    return (
        text("moderation.answer", name=name, number=each.number) if each.number else text("moderation.worry", name=name)
    )


def _queue(text: Text) -> Button:
    return Button(text("moderation.title"), "moderation.queue")
