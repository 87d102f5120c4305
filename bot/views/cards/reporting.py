"""気になる, from both sides: saying so, and being told what became of one's own words."""

from bot.chat.messages import Button, Message
from bot.store.reports import REASONS
from bot.store.subjects import STOPPED, Subject
from bot.views.text import Text


def button(text: Text, subject_id: str) -> Button:
    return Button(text("report.begin"), "report.begin", subject_id)


def why(text: Text, subject_id: str, *, coordinator: bool) -> Message:
    reasons = [Button(text(f"report.reason.{each}"), "report.send", f"{subject_id}.{each}") for each in REASONS]
    look = [Button(text("moderation.look_closer"), "moderation.look", subject_id)] if coordinator else []
    return Message(body=text("report.why"), note=text("report.why_note"), buttons=(*reasons, *look))


def out_of_sight(text: Text) -> Message:
    """What stands in the places instead of words that somebody should look at."""
    return Message(body=text("report.out_of_sight"))


def notice(text: Text, errand: str) -> Message:
    """Without content: it may light up on a phone that others see."""
    return Message(body=text("worry.notice"), buttons=(Button(text("worry.open"), "report.told", errand),))


def told(text: Text, subject: Subject, reason: str, line: str) -> Message:
    """For whoever wrote it. line: a coordinator's own words."""
    stopped = subject.state in STOPPED
    return Message(
        title=text("report.about", name=text.pseudonym(subject.worry.pseudonym)),
        body=_what_became_of_it(text, reason, line) if stopped else text("report.told.open"),
        quote=subject.text,
        note=text("report.told.note") if stopped else "",
        buttons=_ways_on(text, subject) if stopped else (),
        own=True,
    )


def _what_became_of_it(text: Text, reason: str, line: str) -> str:
    if reason not in REASONS:
        return text("report.told.looked_at")
    said = [text("report.told.stopped", reason=text(f"report.reason.{reason}"))]
    return "\n".join([*said, text("report.told.line", line=line)] if line else said)


def _ways_on(text: Text, subject: Subject) -> tuple[Button, ...]:
    mend = Button(text("report.mend"), "report.mend", subject.id)
    return (mend,) if subject.answer else (mend, Button(text("worry.close"), "worry.close", subject.id))
