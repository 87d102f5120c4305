"""The case on one page as those who come read it, and the letter that says that it is there."""

from collections.abc import Iterator
from dataclasses import replace

from bot.chat.messages import Button, Message
from bot.store.conference_standing import Standing
from bot.store.conferences import AHEAD
from bot.views import sheet_page
from bot.views.cards import handbook
from bot.views.sheet_page import Page
from bot.views.text import Text


def ways(text: Text, seen: Standing) -> Iterator[Button]:
    """For whoever neither comes nor is responsible there is none, whether there is a sheet or not."""
    looks_after = seen.coordinator and seen.proposer
    if seen.conference.kind != "case" or not (seen.comes or looks_after):
        return
    if seen.sheet:
        yield Button(text("conference_sheet.open"), "conference.sheet", seen.conference.id)
    elif seen.conference.state in AHEAD and not seen.begun and ("presenter" in seen.roles or looks_after):
        yield Button(text("conference_sheet.write"), "conference.sheet_write", seen.conference.id)


def ready(text: Text, conference_id: str) -> Message:
    """Without content."""
    button = Button(text("conference_sheet.open"), "conference.sheet", conference_id)
    return Message(body=text("conference_sheet.ready"), buttons=(button,))


def missing(text: Text, conference_id: str, *, writes: bool) -> Message:
    write = Button(text("conference_sheet.write"), "conference.sheet_write", conference_id)
    return Message(body=text("conference_sheet.missing"), buttons=(write,) if writes else ())


def kept(text: Text, conference_id: str, *, first: bool) -> Message:
    """first: those who come hear of it now, or when the date is fixed."""
    button = Button(text("conference_sheet.look"), "conference.sheet", conference_id)
    body = text("conference_sheet.kept") if first else text("conference_sheet.kept_again")
    return Message(body=body, buttons=(button,))


def opened(text: Text, page: Page, *, writes: bool) -> Message:
    conference_id = page.conference.id
    facts = [text("conference_sheet.fact", head=head, said=said) for head, said in sheet_page.bands(text, page)]
    near = [text("conference_sheet.near"), handbook.hits(text, page.found)] if page.found else []
    rewrite = [Button(text("conference_sheet.rewrite"), "conference.sheet_write", conference_id)] if writes else []
    return Message(
        title=text("conference_sheet.title"),
        body="\n\n".join(filter(None, ["\n".join(facts), "\n".join(near)])),
        quote=_words(text, page),
        note="\n".join([sheet_page.footer(text, page), *handbook.sources(text, page.found)]),
        buttons=(
            *rewrite,
            Button(text("conference_sheet.print"), "conference.sheet_print", conference_id),
            *(handbook.more(text, each.entry) for each in page.found),
            Button(text("conference.back"), "conference.show", conference_id),
        ),
    )


def printed(text: Text, page: Page) -> Message:
    """The file follows where one can be carried; where none can, the words themselves are here."""
    card = opened(text, page, writes=False)
    buttons = tuple(button for button in card.buttons if button.action != "conference.sheet_print")
    return replace(card, note=f"{text('conference_sheet.printed')}\n{card.note}", buttons=buttons)


def _words(text: Text, page: Page) -> str:
    parts = sheet_page.words(text, page)
    if page.learned:
        parts.append((text("conference_sheet.learned"), sheet_page.learned(text, page)))
    return "\n\n".join(text("conference_sheet.part", head=head, said=said) for head, said in parts)
