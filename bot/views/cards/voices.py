"""How whoever speaks in a thread is called. A name somebody gives is their own words, and stands in the quote."""

from bot.store.voices import AUTHOR
from bot.store.worries import PublicAnswer
from bot.views.text import Text


def title(text: Text, answer: PublicAnswer) -> str:
    if answer.aside:
        return text("answer.aside", who=who(text, answer.voice, answer.name))
    if answer.name:
        return text("answer.named_title", number=answer.seq)
    if answer.voice == AUTHOR:
        return text("worry.from_author", number=answer.seq)
    return text("worry.from_voice", name=text.pseudonym(answer.voice), number=answer.seq)


def who(text: Text, voice: str, name: str) -> str:
    if name:
        return text("answer.named_one")
    return text("answer.author") if voice == AUTHOR else text("answer.voice", name=text.pseudonym(voice))


def words(text: Text, answer: PublicAnswer) -> str:
    return f"{named(text, answer.name)}\n\n{answer.text}" if answer.name else answer.text


def named(text: Text, name: str) -> str:
    return text("answer.named", name=name)
