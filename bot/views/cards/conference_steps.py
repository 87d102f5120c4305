"""The next small steps: what was agreed on, by whom as a role, and in which days."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Button, Message
from bot.language.cleaning import shorten
from bot.store.conferences import PublicConference
from bot.store.meeting_notes import DONE, PublicNote
from bot.store.step_windows import NAMES
from bot.views.cards.conference_minutes import ON_BUTTON
from bot.views.text import Text

AT_ONCE = 6
"""Steps on one card."""


def of_conference(
    text: Text, found: PublicConference, steps: Sequence[PublicNote], number: int = 1, *, keeps: bool = False
) -> Message:
    """keeps: may write another one."""
    page, most, shown = _page(steps, number)
    more = [Button(text("conference_steps.others"), "conference.steps", f"{found.id}.{page + 1}")]
    write = [Button(text("conference_steps.write"), "conference.write_step", found.id)] if keeps else []
    return Message(
        title=text("conference_steps.title"),
        body="" if steps else text("conference_steps.none"),
        quote="\n".join(_line(text, step) for step in shown),
        note=text("conference_steps.note") if steps else "",
        buttons=(
            *(_open(text, step) for step in shown),
            *(more if page < most else []),
            *write,
            Button(text("conference.back"), "conference.show", found.id),
        ),
    )


def mine(text: Text, steps: Sequence[PublicNote], number: int = 1) -> Message:
    """What one has taken, of every conference."""
    page, most, shown = _page(steps, number)
    more = [Button(text("conference_steps.others"), "conference.my_steps", str(page + 1))]
    return Message(
        title=text("conference_steps.mine"),
        body="" if steps else text("conference_steps.none_mine"),
        quote="\n".join(_line(text, step) for step in shown),
        buttons=(*(_open(text, step) for step in shown), *(more if page < most else [])),
    )


def _page(steps: Sequence[PublicNote], number: int) -> tuple[int, int, Sequence[PublicNote]]:
    most = max(1, -(-len(steps) // AT_ONCE))
    page = min(max(number, 1), most)
    return page, most, steps[(page - 1) * AT_ONCE : page * AT_ONCE]


def _open(text: Text, step: PublicNote) -> Button:
    return Button(text("conference_steps.open", text=shorten(step.text, ON_BUTTON)), "conference.step", step.id)


def beside(text: Text, message: Message, steps: int) -> Message:
    """On the list of conferences, for who has taken some. steps: how many are open."""
    if not steps:
        return message
    button = Button(text("conference_steps.mine_count", count=steps), "conference.my_steps")
    return replace(message, buttons=(*message.buttons, button))


def card(text: Text, step: PublicNote) -> Message:
    """Any who were there may change it; nothing is ever locked."""
    return Message(
        title=text("conference_steps.one"),
        body=_stands(text, step),
        quote=step.text,
        note=_who(text, step),
        buttons=(*_ways(text, step), Button(text("conference_steps.title"), "conference.steps", step.conference)),
    )


def _ways(text: Text, step: PublicNote) -> list[Button]:
    if step.state == DONE:
        return [Button(text("conference_steps.again"), "conference.step_again", step.id)]
    take = [] if step.held else [Button(text("conference_steps.take"), "conference.take_step", step.id)]
    let_go = [Button(text("conference_steps.let_go"), "conference.let_go_step", step.id)] if step.mine else []
    return [
        *take,
        Button(text("conference_steps.done"), "conference.step_done", step.id),
        Button(text("conference_steps.go_on"), "conference.step_on", step.id),
        Button(text("conference_steps.other_window"), "conference.step_window", step.id),
        *let_go,
    ]


def which_window(text: Text, step: PublicNote) -> Message:
    return Message(
        body=text("conference_steps.field_window"),
        quote=step.text,
        buttons=(
            *(
                Button(text(f"conference_steps.window.{each}"), "conference.step_moved", f"{step.id}.{each}")
                for each in NAMES
            ),
            Button(text("conference.back"), "conference.step", step.id),
        ),
    )


def changed(text: Text, step: PublicNote, key: str) -> Message:
    """key: what was done, in words."""
    shown = card(text, step)
    more = [Button(text("conference_steps.mine"), "conference.my_steps")] if step.mine else []
    return replace(shown, title=text(key), buttons=(*shown.buttons, *more))


def closing(text: Text, step: PublicNote) -> Message:
    """To who holds it, on the last morning of its window; once."""
    return Message(
        title=text("conference_steps.closing"),
        body=_stands(text, step),
        quote=step.text,
        note=text("conference_steps.closing_note"),
        buttons=(
            Button(text("conference_steps.done"), "conference.step_done", step.id),
            Button(text("conference_steps.go_on"), "conference.step_on", step.id),
            Button(text("conference_steps.let_go"), "conference.let_go_step", step.id),
        ),
    )


def without_anybody(text: Text, found: PublicConference, count: int) -> Message:
    """To who is responsible, when somebody left; not who."""
    return Message(
        body=text("conference_steps.without", count=count),
        quote=found.theme,
        note=text("conference_steps.without_note"),
        buttons=(Button(text("conference_steps.title"), "conference.steps", found.id),),
    )


def _line(text: Text, step: PublicNote) -> str:
    mark = text("conference_steps.mark_done") if step.state == DONE else text("conference_steps.mark_open")
    return text("conference_steps.line", mark=mark, text=step.text, stands=_stands(text, step))


def _stands(text: Text, step: PublicNote) -> str:
    role = text(f"conference_steps.role.{step.role}")
    if step.window is None:
        return role
    opens, closes = text.date(step.window.opens), text.date(step.window.closes)
    return text("conference_steps.stands", role=role, opens=opens, closes=closes)


def _who(text: Text, step: PublicNote) -> str:
    if step.state == DONE:
        return text("conference_steps.is_done")
    if step.mine:
        return text("conference_steps.is_mine")
    return text("conference_steps.is_held") if step.held else text("conference_steps.is_free")
