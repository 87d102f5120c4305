"""What the bot keeps of a member, said to that member alone."""

from bot.chat.messages import Button, Message
from bot.store.everything import Counts
from bot.views.cards.worry_sharing import who
from bot.views.text import Text


def kept(
    text: Text, *, role: str, since: str, counts: Counts, said: tuple[str, str] = ("", ""), coordinator: bool = False
) -> Message:
    """said: where they work and what they are, as codes."""
    work = (Button(text("coordinating.open"), "coordinating.show"),) if coordinator else ()
    return Message(
        title=text("mydata.title"),
        body=text(
            "mydata.body",
            role=text(f"mydata.role.{role}"),
            since=since,
            language=text(f"language.{text.language}"),
            worries=counts.worries,
            answers=counts.answers,
            votes=counts.votes,
            drafts=counts.drafts,
            pressed=counts.pressed,
            muted=counts.muted,
            duties=counts.duties,
            line=counts.line or text("daily.none"),
            calendar=text("conference_calendar.on") if counts.calendar else text("conference_calendar.no"),
            said=who(text, *said) or text("people.unsaid"),
        ),
        note=text("mydata.note"),
        buttons=(
            Button(text("mydata.worries"), "worry.mine"),
            *((Button(text("answer.muted_title"), "mute.list"),) if counts.muted else ()),
            Button(text("mydata.take_along"), "mydata.export"),
            Button(text("mydata.language"), "language.show"),
            Button(text("people.title"), "profile.show"),
            Button(text("daily.title"), "line.show"),
            *work,
            Button(text("mydata.erase"), "mydata.erase"),
        ),
    )


def exported(text: Text, page: str, number: int, pages: int) -> Message:
    """One page; it quotes the person's own words, and leads to the next."""
    more = (Button(text("mydata.next_page"), "mydata.export", str(number + 1)),) if number < pages else ()
    return Message(
        title=text("mydata.exported", number=number, pages=pages),
        quote=page,
        note=text("mydata.exported_more") if more else text("mydata.exported_last"),
        buttons=more,
        own=True,
    )


def confirm_erasing(text: Text) -> Message:
    return Message(
        title=text("mydata.erase"),
        body=text("mydata.erasing"),
        note=text("mydata.erasing_not"),
        buttons=(Button(text("mydata.erase_yes"), "mydata.erased"), Button(text("mydata.erase_no"), "menu.show")),
    )
