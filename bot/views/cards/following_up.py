"""その後どうですか: the question, and what may follow each answer to it."""

from bot.chat.messages import Button, Message
from bot.store.worries import PublicWorry
from bot.views.text import Text

ANSWERS = ("better", "same", "hard", "later", "never")
OFFERS = ("peer", "duty", "centre", "conference", "item")
"""In the order in which they are made."""


def notice(text: Text, worry_id: str) -> Message:
    """Without content, like that of an answer."""
    return Message(body=text("worry.notice"), buttons=(Button(text("worry.open"), "following_up.open", worry_id),))


def question(text: Text, own: PublicWorry) -> Message:
    return Message(
        body=text("following_up.question", name=text.pseudonym(own.pseudonym)),
        note=text("following_up.note"),
        buttons=tuple(Button(text(f"following_up.{each}"), f"following_up.{each}", own.id) for each in ANSWERS),
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
    ways = {
        "peer": ("worry.read", newest),
        "duty": ("following_up.call", own.id),
        "centre": ("handbook.entry", "card.centre"),
        "conference": ("conference.list", ""),
        "item": ("handbook.entry", "item.7"),
    }
    way = Button(text(f"following_up.way.{name}"), *ways[name])
    other = [Button(text("following_up.other"), "following_up.offer", f"{own.id}.{number + 1}")] if more else []
    return Message(
        title="" if number else text("following_up.sorry"),
        body=text(f"following_up.offer.{name}"),
        buttons=(way, *other, Button(text("following_up.enough"), "menu.show")),
    )


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
