"""A worry becomes a case of a conference: what its author, and what the coordinators are shown."""

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.store.conferences import PublicConference
from bot.store.worries import PublicWorry
from bot.views.text import Text


def confirm(text: Text, worry: PublicWorry) -> Message:
    """What it would mean, before anybody is told."""
    return Message(
        title=text("cases.title"),
        body=text("cases.confirm", name=text.pseudonym(worry.pseudonym)),
        note=text("cases.confirm_note"),
        buttons=(Button(text("cases.yes"), "cases.wish", worry.id), Button(text("cases.no"), "worry.thread", worry.id)),
    )


def notice(text: Text) -> Message:
    """To coordinators, without content."""
    return Message(body=text("cases.notice"), buttons=(Button(text("cases.look"), "cases.show"),))


def wished(text: Text, worries: Sequence[PublicWorry]) -> Message:
    if not worries:
        return Message(body=text("cases.none"))
    buttons = tuple(
        Button(text("cases.open", name=text.pseudonym(worry.pseudonym)), "cases.open", worry.id) for worry in worries
    )
    return Message(title=text("cases.wished"), body=text("cases.wished_note"), buttons=buttons)


def case(text: Text, worry: PublicWorry) -> Message:
    return Message(
        title=text("cases.of", name=text.pseudonym(worry.pseudonym)),
        quote=worry.text,
        note=text("cases.of_note"),
        buttons=(Button(text("cases.propose"), "cases.propose", worry.id),),
    )


def news(text: Text, worry: PublicWorry) -> Message:
    """To its author, without content: it may light up on a phone that others see."""
    return Message(body=text("worry.notice"), buttons=(Button(text("worry.open"), "cases.how", worry.id),))


def how(text: Text, worry: PublicWorry, found: PublicConference) -> Message:
    """To its author alone: where the conference stands."""
    if found.state == "cancelled":
        return Message(
            title=text("cases.of", name=text.pseudonym(worry.pseudonym)), body=text("conference_changes.author")
        )
    when = text("cases.fixed", when=text.when(found.chosen.starts_at)) if found.chosen else text("cases.polling")
    show = Button(text("cases.conference"), "conference.show", found.id)
    return Message(
        title=text("cases.of", name=text.pseudonym(worry.pseudonym)),
        body=when,
        note=text("cases.how_note"),
        buttons=(show,),
    )
