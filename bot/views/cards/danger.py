"""Where there is a sign of danger: two warm lines, one next step, and nothing that counsels or promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.messages import Button, Message
from bot.knowledge.hotlines import Duty, Line
from bot.store.worries import PublicWorry
from bot.views.text import Text


@dataclass(frozen=True, slots=True)
class DutyHours:
    """As they are told: when somebody is on duty, and from when on it is looked at; None while somebody is."""

    opens: str
    closes: str
    next: datetime | None


def first(text: Text, line: Line | None, now: datetime, held: str) -> Message:
    """At once, whatever else goes wrong. held: the draft it is kept in; empty where it could not be kept."""
    lines = [text("danger.received"), *_next_step(text, line, now), text("danger.emergency")]
    return Message(
        body="\n\n".join(lines),
        note=text("danger.which") if held else f"{text('danger.unkept')}\n{text('danger.which')}",
        buttons=(
            Button(text("danger.self"), "danger.self", held),
            Button(text("danger.client"), "danger.client", held),
            Button(text("danger.neither"), "danger.neither", held),
        ),
    )


def about_oneself(text: Text, line: Line | None, now: datetime, held: str, hours: DutyHours | None) -> Message:
    """hours: None for somebody who is no member yet; those on duty could not answer them."""
    lines = [text("danger.self_body"), *_next_step(text, line, now), text("danger.emergency")]
    later = Button(text("forms.later"), "danger.later", held)
    return Message(body="\n\n".join(lines), note=_on_duty(text, hours), buttons=(*_tell(text, held, hours), later))


def about_client(text: Text, duties: Sequence[Duty], held: str, hours: DutyHours | None) -> Message:
    """duties: what the law asks where somebody may be harmed; none where nothing points that way."""
    second = _law(text, duties) if duties else text("danger.emergency")
    lines = [text("danger.client_body"), text("danger.path"), second]
    go_on = [Button(text("danger.go_on"), "danger.go_on", held)] if held else []
    buttons = (*_tell(text, held, hours), *go_on)
    return Message(body="\n\n".join(lines), note=_on_duty(text, hours), buttons=buttons)


def told(text: Text, line: Line | None, now: datetime, hours: DutyHours) -> Message:
    """Who is on duty has been told; out of their hours, plainly who can be reached now instead."""
    if hours.next is None:
        return Message(body=text("danger.told"), note=text("danger.emergency"))
    said = text("danger.told_closed", next=text.when(hours.next))
    return Message(body="\n\n".join([said, *_next_step(text, line, now)]), note=text("danger.emergency"))


def ask_again(text: Text, held: str) -> Message:
    """Once, and without content: it may light up on a phone that others see."""
    return Message(body=text("danger.ask_again"), buttons=(Button(text("danger.open_again"), "danger.again", held),))


def notice(text: Text, worry_id: str) -> Message:
    """To who is on duty, without content."""
    return Message(body=text("danger.notice"), buttons=(Button(text("danger.open"), "danger.open", worry_id),))


def held(text: Text, worry: PublicWorry, *, question: bool = False) -> Message:
    """What was left for who is on duty, and how to answer it. question: asked of the handbook first."""
    return Message(
        title=text("handbook.held_title" if question else "danger.held_title"),
        quote=worry.text,
        note=text("handbook.held_note" if question else "danger.held_note"),
        buttons=(Button(text("danger.answer"), "danger.answer", worry.id),),
    )


def talked(text: Text, worry: PublicWorry, answers: int, newest: str, *, question: bool = False) -> Message:
    """One's own, while it is held: once somebody on duty has answered, it may be brought to the others or closed."""
    buttons = [Button(text("worry.read_newest"), "worry.read", newest)] if newest else []
    if answers:
        buttons.append(Button(text("danger.publish"), "danger.publish", worry.id))
    return Message(
        title=text("handbook.held_title" if question else "danger.held_title"),
        body=text("danger.talked") if answers else text("danger.told_before"),
        quote=worry.text,
        buttons=(*buttons, Button(text("danger.enough"), "worry.close", worry.id)),
    )


def _next_step(text: Text, line: Line | None, now: datetime) -> list[str]:
    return [text("danger.next_step", line=_said(text, line, now))] if line else []


def _said(text: Text, line: Line, now: datetime) -> str:
    name = line.name[text.language]
    until = line.open_until(now)
    if line.always or until is None:
        return text("danger.line_always", name=name, number=line.number)
    return text("danger.line_until", name=name, number=line.number, until=text.when(until))


def _law(text: Text, duties: Sequence[Duty]) -> str:
    said = [text("danger.law_duty", who=duty.who[text.language], to=duty.to[text.language]) for duty in duties]
    return text("danger.law", duties=text("worry.between_places").join(said))


def _tell(text: Text, held: str, hours: DutyHours | None) -> list[Button]:
    return [Button(text("danger.tell"), "danger.tell", held)] if hours else []


def _on_duty(text: Text, hours: DutyHours | None) -> str:
    if hours is None:
        return ""
    known = {"opens": hours.opens, "closes": hours.closes}
    if hours.next is None:
        said = text("danger.duty_open", **known)
    else:
        said = text("danger.duty_closed", next=text.when(hours.next), **known)
    return f"{text('danger.tell_note')}\n{said}"
