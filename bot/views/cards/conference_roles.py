"""Who does what in a conference: shown by role, never by person; taken, handed on and given back by one press."""

from collections.abc import Iterator, Sequence

from bot.chat.messages import Button, Message
from bot.store.conference_roles import Seen
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference
from bot.views.cards.conference import stands
from bot.views.text import Text


def ways(text: Text, seen: Standing) -> Iterator[Button]:
    """On the card of the conference."""
    if seen.seat.invited and (seen.conference.asking or seen.fixed) and not seen.over:
        label = text("conference_roles.some_missing" if seen.missing else "conference_roles.show")
        yield Button(label, "conference.roles", seen.conference.id)


def board(
    text: Text, found: PublicConference, roles: Sequence[Seen], *, coordinator: bool = False, said: str = ""
) -> Message:
    """Every role with how it stands, and one button for each that this member can do something about.
    said: what has just happened."""
    lines = [text(f"conference_roles.line.{each.state}", role=_name(text, each)) for each in roles]
    buttons = [button for each in roles for button in _button(text, found, each, coordinator)]
    return Message(
        title=text("conference_roles.title"),
        body="\n".join([*([said, ""] if said else []), stands(text, found)]),
        note="\n".join(lines),
        buttons=(*buttons, Button(text("conference.back"), "conference.show", found.id)),
    )


def name(text: Text, role: str) -> str:
    return text(f"conference_roles.name.{role}")


def names(text: Text, roles: Sequence[str]) -> str:
    return text("conference_roles.between").join(name(text, role) for role in roles)


def _name(text: Text, seen: Seen) -> str:
    said = name(text, seen.role)
    return text("conference_roles.required", role=said) if seen.required else said


def _button(text: Text, found: PublicConference, seen: Seen, coordinator: bool) -> Iterator[Button]:
    said, argument = name(text, seen.role), f"{found.id}.{seen.role}"
    match seen.state:
        case "free":
            yield Button(text("conference_roles.take", role=said), "conference.take", argument)
        case "offered":
            yield Button(text("conference_roles.take_over", role=said), "conference.take", argument)
        case "mine" | "given":
            yield Button(text("conference_roles.own", role=said), "conference.role", argument)
    if coordinator and seen.state in ("held", "offered"):
        yield Button(text("conference_roles.of_another", role=said), "conference.role", argument)


def own(text: Text, found: PublicConference, role: str, *, offered: bool) -> Message:
    """For whoever holds it."""
    argument = f"{found.id}.{role}"
    handing_on = (
        Button(text("conference_roles.keep"), "conference.keep", argument)
        if offered
        else Button(text("conference_roles.offer"), "conference.offer", argument)
    )
    return Message(
        title=name(text, role),
        body=text("conference_roles.own_offered" if offered else "conference_roles.own_kept"),
        buttons=(
            handing_on,
            Button(text("conference_roles.release"), "conference.release", argument),
            _back(text, found),
        ),
    )


def of_another(text: Text, found: PublicConference, role: str) -> Message:
    """For a coordinator: whoever held it may have gone."""
    return Message(
        title=name(text, role),
        body=text("conference_roles.confirm_free"),
        buttons=(Button(text("conference_roles.free"), "conference.free", f"{found.id}.{role}"), _back(text, found)),
    )


def call(text: Text, found: PublicConference, roles: Sequence[str]) -> Message:
    """To those who come: would one of them take it?"""
    take = [
        Button(text("conference_roles.take", role=name(text, role)), "conference.take", f"{found.id}.{role}")
        for role in roles
    ]
    return Message(
        title=text("conference_roles.call_title"),
        body="\n".join([text("conference_roles.call", roles=names(text, roles)), stands(text, found)]),
        quote=found.theme,
        note=text("conference_roles.call_note"),
        buttons=tuple(take),
    )


def missing(text: Text, found: PublicConference, roles: Sequence[str]) -> Message:
    """A line to whoever is responsible, who can take it as well."""
    take = [
        Button(text("conference_roles.take", role=name(text, role)), "conference.take", f"{found.id}.{role}")
        for role in roles
    ]
    return Message(
        body=text("conference_roles.missing", roles=names(text, roles), when=stands(text, found)), buttons=tuple(take)
    )


def wanted(text: Text, found: PublicConference, role: str) -> Message:
    """To the others who come: somebody would like to be relieved."""
    said = name(text, role)
    take = Button(text("conference_roles.take_over", role=said), "conference.take", f"{found.id}.{role}")
    return Message(
        body="\n".join([text("conference_roles.wanted", role=said), stands(text, found)]),
        quote=found.theme,
        buttons=(take,),
    )


def relieved(text: Text, found: PublicConference, role: str) -> Message:
    """To who held it: somebody has taken it over."""
    return Message(body=text("conference_roles.relieved", role=name(text, role)), note=stands(text, found))


def freed(text: Text, found: PublicConference, role: str) -> Message:
    """To who held it: a coordinator has opened it to others."""
    return Message(
        body=text("conference_roles.freed", role=name(text, role)),
        note=stands(text, found),
        buttons=(_back(text, found),),
    )


def free_again(text: Text, found: PublicConference, role: str) -> Message:
    """To who is responsible: who had it cannot do it any more."""
    return Message(
        body="\n".join([text("conference_roles.free_again", role=name(text, role)), stands(text, found)]),
        quote=found.theme,
        buttons=(Button(text("conference_roles.show"), "conference.roles", found.id),),
    )


def _back(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_roles.show"), "conference.roles", found.id)
