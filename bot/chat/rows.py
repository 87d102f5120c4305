"""Which buttons stand in one row."""

from collections.abc import Iterable, Iterator

from bot.chat.messages import Button


def together(buttons: Iterable[Button]) -> Iterator[list[Button]]:
    """Each button with those that stand beside it."""
    row: list[Button] = []
    for button in buttons:
        if row and not button.beside:
            yield row
            row = []
        row.append(button)
    if row:
        yield row
