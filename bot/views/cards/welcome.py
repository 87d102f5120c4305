"""Arriving: how to join, who can see what, the menu and help."""

from bot.chat.messages import Button, Message
from bot.store.places import Place
from bot.views.text import Text


def how_to_join(text: Text) -> Message:
    buttons = (Button(text("join.begin"), "join.begin"), _promises(text))
    return Message(title=text("welcome.stranger_title"), body=text("welcome.stranger"), buttons=buttons)


def joined(text: Text, *, coordinator: bool) -> Message:
    """The first screen of a member: what is promised, how we speak with one another, and what is not promised."""
    return Message(
        title=text("welcome.joined_coordinator" if coordinator else "welcome.joined"),
        body="\n\n".join([text("welcome.promises"), text("welcome.kindness")]),
        note=text("welcome.honesty"),
        buttons=(*doors(text), _promises(text)),
    )


def linked(text: Text, place: Place) -> Message:
    """place: the group that is a place of the community now."""
    open_door = Button(text("join.open_door"), "place.open", place.id)
    return Message(body=text("welcome.linked", name=place.name), note=text("join.door_note"), buttons=(open_door,))


def door(text: Text, place: Place) -> Message:
    """What stands in the group where a coordinator lets its people in."""
    return Message(body=text("join.door"), buttons=(Button(text("join.here"), "join.here", place.id),))


def door_opened(text: Text, place_id: str) -> Message:
    return Message(body=text("join.door_opened"), buttons=(Button(text("join.shut_door"), "place.shut", place_id),))


def menu(text: Text, *, alone: bool, resting: bool, preview: str = "", held: str = "") -> Message:
    """alone: nobody else reads what is typed here. resting: a half-filled form waits.
    preview: the draft of a worry that waits to be confirmed. held: that of words that showed danger."""
    waiting = [
        Button(text("forms.resume"), "form.resume") if resting else None,
        Button(text("worry.resume"), "worry.preview", preview) if preview else None,
        Button(text("danger.resume"), "danger.again", held) if held else None,
    ]
    buttons = (*(button for button in waiting if button), *doors(text))
    body = text("menu.body") if alone else text("menu.body_in_group")
    return Message(title=text("menu.title"), body=body, buttons=buttons)


def waiting(text: Text) -> Message:
    """Something waits that must not stand in a chat; the menu leads to it."""
    return Message(body=text("menu.waiting"), buttons=(Button(text("menu.show"), "menu.show"),))


def help_card(text: Text) -> Message:
    buttons = (*doors(text), _promises(text))
    return Message(title=text("help.title"), body=text("help.body"), note=text("help.note"), buttons=buttons)


def languages(text: Text) -> Message:
    buttons = tuple(Button(text(f"language.{code}"), "language.set", code) for code in ("ja", "en"))
    return Message(body=text("language.which"), buttons=buttons)


def _promises(text: Text) -> Button:
    return Button(text("promises.open"), "promises.show")


def doors(text: Text) -> tuple[Button, ...]:
    return (
        Button(text("menu.worry"), "worry.begin"),
        Button(text("menu.handbook"), "handbook.begin"),
        Button(text("menu.conference"), "conference.list"),
        Button(text("menu.duty"), "duty.show"),
        Button(text("menu.mydata"), "mydata.show"),
    )
