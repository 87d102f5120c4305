"""Arriving: how to join, who can see what, the menu and help."""

from bot.chat.messages import Button, Message
from bot.views.text import Text


def how_to_join(text: Text) -> Message:
    return Message(title=text("welcome.stranger_title"), body=text("welcome.stranger"))


def joined(text: Text, *, coordinator: bool) -> Message:
    """The first screen of a member: what is promised, and what is not."""
    return Message(
        title=text("welcome.joined_coordinator" if coordinator else "welcome.joined"),
        body=text("welcome.promises"),
        note=text("welcome.honesty"),
        buttons=_doors(text),
    )


def menu(text: Text, *, alone: bool, resting: bool, preview: str = "") -> Message:
    """alone: nobody else reads what is typed here. resting: a half-filled form waits.
    preview: the draft of a worry that waits to be confirmed."""
    waiting = [
        Button(text("forms.resume"), "form.resume") if resting else None,
        Button(text("worry.resume"), "worry.preview", preview) if preview else None,
    ]
    buttons = (*(button for button in waiting if button), *_doors(text))
    body = text("menu.body") if alone else text("menu.body_in_group")
    return Message(title=text("menu.title"), body=body, buttons=buttons)


def help_card(text: Text) -> Message:
    return Message(title=text("help.title"), body=text("help.body"), note=text("help.note"), buttons=_doors(text))


def languages(text: Text) -> Message:
    buttons = tuple(Button(text(f"language.{code}"), "language.set", code) for code in ("ja", "en"))
    return Message(body=text("language.which"), buttons=buttons)


def _doors(text: Text) -> tuple[Button, ...]:
    return (
        Button(text("menu.worry"), "worry.begin"),
        Button(text("menu.handbook"), "handbook.begin"),
        Button(text("menu.conference"), "conference.list"),
        Button(text("menu.mydata"), "mydata.show"),
    )
