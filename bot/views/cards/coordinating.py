"""What coordinators are shown of their own work, and what one hands over to another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.messages import Button, Message
from bot.store.conferences import PublicConference
from bot.store.places import Place
from bot.views.cards import conference
from bot.views.text import Text


def overview(text: Text, places: Sequence[Place]) -> Message:
    removing = [Button(text("coordinating.unlink", name=place.name), "place.unlink", place.id) for place in places]
    step_down = Button(text("coordinating.step_down"), "coordinating.step_down")
    return Message(
        title=text("coordinating.title"),
        body=text("coordinating.body"),
        buttons=(
            Button(text("community.title"), "community.show"),
            Button(text("moderation.title"), "moderation.queue"),
            Button(text("learning.check"), "learning.check"),
            Button(text("peers.check"), "peers.check"),
            Button(text("editions.title"), "editions.show"),
            _invite(text),
            *removing,
            step_down,
        ),
    )


def invited(text: Text, code: str, until: datetime) -> Message:
    return Message(
        title=text("coordinating.invited"),
        body=text("coordinating.code", code=code, until=text.when(until)),
        note=text("coordinating.code_note"),
    )


def confirm_stepping_down(text: Text) -> Message:
    yes = Button(text("coordinating.step_down_yes"), "coordinating.stepped_down")
    return Message(
        title=text("coordinating.step_down"), body=text("coordinating.stepping_down"), buttons=(yes, _not_now(text))
    )


def last_one(text: Text, argument: str, *, leaves: bool) -> Message:
    """argument: what the same button carries when it is pressed in spite of the warning. leaves: altogether."""
    anyway = Button(
        text("coordinating.leave_anyway" if leaves else "coordinating.step_down_anyway"),
        "mydata.erased" if leaves else "coordinating.stepped_down",
        argument,
    )
    return Message(
        title=text("coordinating.last_title"), body=text("coordinating.last"), buttons=(_invite_first(text), anyway)
    )


def handed_over(text: Text, conferences: Sequence[PublicConference]) -> Message:
    listed = conference.overview(text, conferences)
    return replace(listed, title=text("coordinating.handover_title"), body=text("coordinating.handover"))


def confirm_unlinking(text: Text, place: Place) -> Message:
    yes = Button(text("coordinating.unlink_yes"), "place.unlinked", place.id)
    return Message(body=text("coordinating.unlinking", name=place.name), buttons=(yes, _not_now(text)))


def _invite(text: Text) -> Button:
    return Button(text("coordinating.invite"), "coordinating.invite")


def _invite_first(text: Text) -> Button:
    return Button(text("coordinating.invite_first"), "coordinating.invite")


def _not_now(text: Text) -> Button:
    return Button(text("mydata.erase_no"), "menu.show")
