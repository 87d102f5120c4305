"""How and when a worry goes: what its author may choose at the last look, and what they are told of its waiting."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.messages import Button, Message
from bot.store.publishing import Times
from bot.store.told import WISHES
from bot.store.worries import PublicWorry
from bot.views.text import Text


@dataclass(frozen=True, slots=True)
class Offer:
    """What the last look offers. times: None where each worry goes at once. narrow: what is written, taken together,
    could mean one person. noticed: it showed danger, and goes with the others or not at all. few: so few live there
    that it could go further. label: what would stand beside it now (area, work); None where its author does not want
    that."""

    now: datetime
    times: Times | None = None
    revising: bool = False
    narrow: bool = False
    noticed: bool = False
    few: bool = False
    fewest: int = 0
    wish: str = "either"
    has_label: bool = False
    label: tuple[str, str] | None = None


def with_offer(text: Text, preview: Message, draft: str, offer: Offer) -> Message:
    """The last look with its ways to go before what it has already."""
    warning = [text("details.narrow")] if offer.narrow else []
    softer = [Button(text("details.soften"), "worry.soften", draft)] if offer.narrow else []
    if offer.revising:
        note = text("worry.preview_note_revising")
        ways: tuple[Button, ...] = (Button(text("worry.confirm_revised"), "worry.post", draft),)
    else:
        note, ways = _note(text, offer), (*_ways(text, draft, offer), *_choices(text, draft, offer))
    return replace(preview, note="\n".join([*warning, note]), buttons=(*softer, *ways, *preview.buttons))


def _note(text: Text, offer: Offer) -> str:
    lines = [text("worry.preview_note") if offer.times is None else _waiting_note(text, offer.times, offer.now)]
    if offer.few:
        lines.append(text("worry.few", fewest=offer.fewest))
    if offer.wish != "either":
        lines.append(text("worry.wished", wish=text(f"worry.wish.{offer.wish}")))
    if offer.label is not None:
        shown = who(text, *offer.label) or text("worry.label_nothing")
        lines.append(text("worry.label_now", label=shown, fewest=offer.fewest))
    return "\n".join(lines)


def _waiting_note(text: Text, times: Times, now: datetime) -> str:
    return text("worry.preview_note_together", latest=hour(text, times.latest, now))


def _ways(text: Text, draft: str, offer: Offer) -> tuple[Button, ...]:
    if offer.times is None:
        return (Button(text("worry.confirm"), "worry.post", draft),)
    together = Button(text("worry.together", when=hour(text, offer.times.first, offer.now)), "worry.post", draft)
    if offer.noticed:
        return (together,)
    return (
        together,
        Button(text("worry.soon"), "worry.post_soon", draft),
        Button(text("worry.now"), "worry.now", draft),
    )


def _choices(text: Text, draft: str, offer: Offer) -> tuple[Button, ...]:
    further = (Button(text("worry.wider"), "worry.wider", draft),) if offer.few else ()
    wish = (Button(text("worry.wish_open"), "worry.wish", draft),)
    label = (Button(text("worry.label_off" if offer.label else "worry.label_on"), "worry.label", draft),)
    return (*further, *wish, *(label if offer.has_label else ()))


def wishes(text: Text, draft: str) -> Message:
    """The argument says which was chosen, and where."""
    buttons = tuple(Button(text(f"worry.wish.{wish}"), "worry.wished", f"{wish}:{draft}") for wish in WISHES)
    return Message(body=text("worry.wish_which"), buttons=buttons)


def warn(text: Text, draft: str) -> Message:
    """What going at once gives away."""
    yes = Button(text("worry.now_yes"), "worry.post_now", draft)
    return Message(title=text("worry.now"), body=text("worry.now_warning"), buttons=(yes, _back(text, draft)))


def waiting(text: Text, worry: PublicWorry, times: Times, now: datetime) -> Message:
    """Confirmed, and not seen by anybody yet."""
    return Message(
        body=text("worry.lined_up", name=text.pseudonym(worry.pseudonym)),
        note=f"{until(text, times, now)}\n{text('worry.lined_up_note')}",
        buttons=(Button(text("worry.withdraw"), "worry.withdraw", worry.id),),
    )


def until(text: Text, times: Times, now: datetime) -> str:
    """When it goes, for its author."""
    if times.first == now:
        return text("worry.goes_by", latest=hour(text, times.latest, now))
    return text("worry.goes", first=hour(text, times.first, now), latest=hour(text, times.latest, now))


def confirm_withdrawing(text: Text, worry: PublicWorry) -> Message:
    return Message(
        body=text("worry.withdrawing", name=text.pseudonym(worry.pseudonym)),
        note=text("worry.withdrawing_note"),
        buttons=(
            Button(text("worry.withdraw_yes"), "worry.withdrawn", worry.id),
            Button(text("worry.close_no"), "menu.show"),
        ),
    )


def revised(text: Text, worry: PublicWorry) -> Message:
    return Message(body=text("worry.revised", name=text.pseudonym(worry.pseudonym)))


def who(text: Text, area: str, work: str) -> str:
    """Of an author, as far as it may be shown; empty where nothing may."""
    parts = [text(f"people.area.{area}")] if area else []
    parts += [text(f"people.work.{work}")] if work else []
    return text("worry.label_between").join(parts)


def beside(text: Text, worry: PublicWorry) -> str:
    """What stands under the name of a worry: of its author, what they hope for, and which version it is."""
    told = worry.beside
    parts = [who(text, told.area, told.work)] if told.area or told.work else []
    parts += [text("worry.wished", wish=text(f"worry.wish.{told.wish}"))] if told.wish != "either" else []
    parts += [text("worry.version", number=worry.version)] if worry.version > 1 else []
    return "\n".join(parts)


def hour(text: Text, moment: datetime, now: datetime) -> str:
    """Today only the time, tomorrow with that word, later with the day."""
    local = moment.astimezone(text.timezone)
    today = now.astimezone(text.timezone).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.date() == today + timedelta(days=1):
        return text("worry.tomorrow", time=f"{local:%H:%M}")
    return text.when(moment)


def _back(text: Text, draft: str) -> Button:
    return Button(text("worry.resume"), "worry.preview", draft)
