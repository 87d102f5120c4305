"""その後どうですか, after a conference: the question, what may be passed on, and what the others read of it."""

from bot.chat.messages import Button, Message
from bot.store.aftermath import ANSWERS
from bot.store.conferences import PublicConference
from bot.views.text import Text


def question(text: Text, found: PublicConference) -> Message:
    """Its date alone: a telephone shows it to whoever looks."""
    answers = (
        Button(text(f"conference_after.answer.{each}"), "conference.after", f"{found.id}.{each}") for each in ANSWERS
    )
    return Message(
        body=text("conference_after.question", date=_date(text, found)),
        note=text("conference_after.note"),
        buttons=(
            *answers,
            Button(text("conference_after.later"), "conference.after_later", found.id),
            Button(text("conference_after.stop"), "conference.after_stop", found.id),
        ),
    )


def preview(text: Text, draft: str, found: PublicConference, answer: str, line: str) -> Message:
    """Exactly what the others will read, and that nothing has gone yet."""
    shown = told(text, found, answer, line)
    add = text("conference_after.rewrite") if line else text("conference_after.add")
    return Message(
        title=text("conference_after.preview"),
        body=shown.body,
        quote=shown.quote,
        note=text("conference_after.preview_note"),
        buttons=(
            Button(text("conference_after.send"), "conference.after_send", draft),
            Button(add, "conference.after_add", draft),
            Button(text("conference_after.drop"), "conference.after_drop", draft),
        ),
    )


def told(text: Text, found: PublicConference, answer: str, line: str) -> Message:
    body = text("conference_after.told", date=_date(text, found), answer=text(f"conference_after.answer.{answer}"))
    return Message(body=body, quote=line)


def _date(text: Text, found: PublicConference) -> str:
    return text.date(found.chosen.starts_at.astimezone(text.timezone).date()) if found.chosen else ""
