"""Filling a dialog line by line: the next field, putting it aside, stopping."""

from bot.adapters.console.dialog import Dialog
from bot.adapters.console.people import People, Person
from bot.adapters.console.places import Places, Post
from bot.adapters.console.screen import Screen
from bot.adapters.console.turns import Turns
from bot.chat.errors import Refused


class Filling:
    def __init__(self, people: People, places: Places, screen: Screen, turns: Turns) -> None:
        self._people, self._places, self._screen, self._turns = people, places, screen, turns

    async def fill(self, person: Person, line: str) -> None:
        """One more field of the open dialog; an empty line leaves it as it stands."""
        dialog = person.dialog
        asked = dialog.asked if dialog else None
        if dialog is None or asked is None:
            self._screen.tell("console.dialog.none")
            return
        person.speaks(self._places.latest)
        dialog.announced = False
        try:
            dialog.answer(asked, line)
        except Refused as refusal:
            self._screen.tell(refusal.key, **refusal.values)
        if dialog.asked is None:
            person.dialog = None
            # A private answer must never take the place of a message that others see.
            pressed = dialog.pressed if dialog.pressed and _private(dialog.pressed, person) else None
            await self._turns.act(person, dialog.submit(), dialog.channel, dialog.thread, pressed)

    def later(self, person: Person) -> None:
        """Put the open dialog aside with what was typed so far, or go on with the one put aside last."""
        person.speaks(self._places.latest)
        if person.dialog:
            title = person.dialog.form.title
            self._put_aside(person, person.dialog)
            self._screen.tell("console.dialog.later", title=title)
        elif person.resting:
            person.dialog = person.resting.pop()
        else:
            self._screen.tell("console.dialog.nothing_kept")

    def cancel(self, person: Person) -> None:
        if person.dialog is None:
            self._screen.tell("console.dialog.none")
            return
        person.dialog = None
        person.speaks(self._places.latest)
        self._screen.tell("console.dialog.cancelled")

    def put_all_aside(self) -> None:
        for person in self._people:
            if person.dialog:
                self._put_aside(person, person.dialog)

    def _put_aside(self, person: Person, dialog: Dialog) -> None:
        dialog.show_again()
        person.resting.append(dialog)
        person.dialog = None


def _private(post: Post, person: Person) -> bool:
    return person.id in (post.only, post.channel)
