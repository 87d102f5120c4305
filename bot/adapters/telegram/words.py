"""The adapter's own few words, from the catalogue it is given."""

from typing import Protocol


class Words(Protocol):
    def __call__(self, key: str, **values: object) -> str: ...


class Catalogue(Protocol):
    """The words of one language; an empty language is the community's own."""

    def __call__(self, language: str) -> Words: ...


MENU = {
    "worry.begin": "menu.worry",
    "handbook.begin": "menu.handbook",
    "conference.list": "menu.conference",
    "mydata.show": "menu.mydata",
}
"""The main menu, which stands as a keyboard under the chat: actions, and the keys of their labels."""


def labels(catalogue: Catalogue, languages: tuple[str, ...]) -> dict[str, str]:
    """What a pressed key of the keyboard says, in every language, and the action it stands for."""
    return {catalogue(language)(key): action for language in languages for action, key in MENU.items()}
