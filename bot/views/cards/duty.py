"""当番: the days ahead, one of them, and the notices about them; nobody is named."""

from collections.abc import Sequence
from datetime import date

from bot.chat.messages import Button, Message
from bot.store.rota import DutyDay
from bot.views.text import Text


def overview(text: Text, days: Sequence[DutyDay], *, volunteer: bool, coordinator: bool) -> Message:
    """volunteer: whoever looks takes turns themself."""
    if volunteer:
        doors = [*(_door(text, each) for each in days), Button(text("duty.stop"), "duty.stop")]
    else:
        doors = [_volunteer(text)]
    empty = coordinator and any(not each.people for each in days)
    asking = [Button(text("duty.ask"), "duty.ask")] if empty else []
    return Message(
        title=text("duty.title"),
        body="\n".join([text("duty.body"), "", *(_line(text, each) for each in days)]),
        note=text("duty.note"),
        buttons=(*asking, *doors),
    )


def day(text: Text, seen: DutyDay, *, volunteer: bool) -> Message:
    return Message(
        title=text.date(seen.day),
        body=_who(text, seen),
        buttons=(*(_actions(text, seen) if volunteer else [_volunteer(text)]), Button(text("duty.all"), "duty.show")),
    )


def reminder(text: Text) -> Message:
    return Message(body=text("duty.reminder"), buttons=(_show(text),))


def offered(text: Text, day: str) -> Message:
    """To those who may take it; not whose it is."""
    return Message(body=text("duty.offered"), buttons=(Button(text("worry.open"), "duty.day", day),))


def relieved(text: Text, day: str) -> Message:
    return Message(body=text("duty.relieved", day=text.date(date.fromisoformat(day))), buttons=(_show(text),))


def asked(text: Text) -> Message:
    """A coordinator asks all who take turns; only who says yes is on duty."""
    return Message(body=text("duty.asked"), buttons=(_show(text),))


def _door(text: Text, seen: DutyDay) -> Button:
    shown, iso = text.date(seen.day), seen.day.isoformat()
    if seen.mine:
        return Button(text("duty.mine_open", day=shown), "duty.day", iso)
    if seen.offered:
        return Button(text("duty.take_over_day", day=shown), "duty.take_over", iso)
    return Button(text("duty.take_day", day=shown), "duty.take", iso)


def _actions(text: Text, seen: DutyDay) -> list[Button]:
    iso = seen.day.isoformat()
    skip = Button(text("duty.skip"), "duty.skip", iso)
    match seen.mine:
        case "on":
            return [Button(text("duty.offer"), "duty.offer", iso), skip]
        case "offered":
            return [Button(text("duty.come_after_all"), "duty.take", iso), skip]
        case "skipped":
            return [Button(text("duty.come_after_all"), "duty.take", iso)]
    if seen.offered:
        return [Button(text("duty.take_over"), "duty.take_over", iso)]
    return [Button(text("duty.take"), "duty.take", iso)]


def _line(text: Text, seen: DutyDay) -> str:
    return text("duty.line", day=text.date(seen.day), who=_who(text, seen))


def _who(text: Text, seen: DutyDay) -> str:
    others = seen.people - (seen.mine in ("on", "offered"))
    told = [text(f"duty.mine.{seen.mine}")] if seen.mine else []
    told += [text("duty.wanted")] if seen.offered else []
    told += [text("duty.others" if seen.mine else "duty.people", count=others)] if others else []
    return text("duty.between").join(told) or text("duty.nobody")


def _show(text: Text) -> Button:
    return Button(text("duty.open"), "duty.show")


def _volunteer(text: Text) -> Button:
    return Button(text("duty.volunteer"), "duty.volunteer")
