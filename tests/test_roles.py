"""The table of who may do what: the same in both languages, and true of every door in the code."""

import re

import pytest

from bot.handlers import every_route
from bot.routing.router import Key
from bot.store.members import Role
from tests.source import ROOT

PAGES = ("docs/roles.md", "docs/roles.ja.md")


def table(page: str) -> list[tuple[list[Key], set[Role]]]:
    """The rows of the first table: its doors, and the roles they are open to."""
    lines = (ROOT / page).read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|---")) + 1
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        _, doors, *marks = [cell.strip() for cell in line.strip("|").split("|")]
        rows.append((doors_in(doors), {role for role, mark in zip(Role, marks, strict=True) if mark == "✓"}))
    return rows


def doors_in(written: str) -> list[Key]:
    """`/name` is a command, `name` a button, form `name` a form; a row of news holds nothing else."""
    found: list[Key] = []
    news = written.startswith("news")
    for form, name, plain in re.findall(r"(?:(form) )?`([^`]+)`|(changed-words|words)", written):
        if plain:
            found.append(("edit" if plain == "changed-words" else "words", ""))
        elif name.startswith("/"):
            found.append(("command", name[1:]))
        else:
            found.append(("news" if news else "submit" if form else "press", name))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_door_stands_in_the_table_once_with_the_roles_it_opens_to(page: str) -> None:
    written = [(door, roles) for doors, roles in table(page) for door in doors]
    assert len(written) == len(dict(written)), "a door stands twice"
    order = list(Role)
    wanted = {key: set(order[order.index(route.role) :]) for key, route in every_route().routes.items()}
    assert dict(written) == wanted


def test_both_languages_say_the_same() -> None:
    assert table(PAGES[0]) == table(PAGES[1])
