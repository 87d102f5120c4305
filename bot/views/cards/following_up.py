"""その後どうですか: the question, and what may follow each answer to it."""

from bot.chat.messages import Button, Message
from bot.store.worries import PublicWorry
from bot.views.text import Text

OFFERS = ("peer", "duty", "centre", "conference", "item")
"""In the order in which they are made."""


def notice(text: Text, worry_id: str) -> Message:
    """Without content, like that of an answer."""
    return Message(body=text("worry.notice"), buttons=(Button(text("worry.open"), "following_up.open", worry_id),))


def question(text: Text, own: PublicWorry) -> Message:
    return Message(
        body=text("following_up.question", name=text.pseudonym(own.pseudonym)),
        note=text("following_up.note"),
        buttons=(
            Button(text("following_up.better"), "following_up.better", own.id),
            Button(text("following_up.same"), "following_up.same", own.id),
            Button(text("following_up.hard"), "following_up.hard", own.id),
            Button(text("following_up.later"), "following_up.later", own.id),
            Button(text("following_up.never"), "following_up.never", own.id),
        ),
    )


def better(text: Text, own: PublicWorry) -> Message:
    buttons = (
        Button(text("worry.close"), "worry.close", own.id),
        _update(text, own),
        Button(text("worry.close_no"), "menu.show"),
    )
    return Message(body=text("following_up.glad"), buttons=buttons)


def same(text: Text, own: PublicWorry) -> Message:
    buttons = (_update(text, own), Button(text("following_up.enough"), "menu.show"))
    return Message(body=text("following_up.thanks"), buttons=buttons)


def offer(text: Text, own: PublicWorry, newest: str, number: int) -> Message:
    """One at a time. newest: the id of the last answer that speaks to its author; without one there is no peer yet."""
    offers = OFFERS if newest else OFFERS[1:]
    number = min(number, len(offers) - 1)
    name, more = offers[number], number + 1 < len(offers)
    other = [Button(text("following_up.other"), "following_up.offer", f"{own.id}.{number + 1}")] if more else []
    return Message(
        title="" if number else text("following_up.sorry"),
        body=text(f"following_up.offer.{name}"),
        buttons=(_way(text, own, newest, name), *other, Button(text("following_up.enough"), "menu.show")),
    )


def _way(text: Text, own: PublicWorry, newest: str, name: str) -> Button:
    label = text(f"following_up.way.{name}")
    match name:
        case "peer":
            return Button(label, "talk.look", newest)
        case "duty":
            return Button(label, "following_up.call", own.id)
        case "centre":
            return Button(label, "handbook.entry", "card.centre")
        case "conference":
            return Button(label, "conference.list")
    return Button(label, "handbook.entry", "item.7")


def preview(text: Text, draft: str, words: str) -> Message:
    """Exactly what others will read."""
    return Message(
        title=text("following_up.preview_title"),
        body=text("following_up.preview"),
        quote=words,
        buttons=(
            Button(text("following_up.post"), "following_up.post", draft),
            Button(text("worry.edit"), "following_up.rewrite", draft),
            Button(text("worry.drop"), "following_up.drop", draft),
        ),
    )


def _update(text: Text, own: PublicWorry) -> Button:
    return Button(text("following_up.update"), "following_up.update", own.id)
