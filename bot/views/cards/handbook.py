"""The handbook answers: the nearest entries with where they stand, or an honest nothing, and the ways on from both."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Button, Message
from bot.knowledge.points import Entry
from bot.language.cleaning import shorten
from bot.store.learnings import Learning
from bot.views.found import NO_WAYS, Found, Ways
from bot.views.text import Text

TITLE_ON_BUTTON = 40
"""Slack shows at most 75 characters on a button (Block Kit, button element)."""

SUMMARY = 90
"""Characters: three of them fit a phone's screen."""

FRAME_KINDS = ("value", "posture", "caution", "item", "card")
"""They are told by their kind; where their words come from stands below, once for all."""


def ask(text: Text, *, alone: bool) -> Message:
    """alone: nobody else reads what is typed here."""
    body = text("handbook.ask") if alone else text("handbook.ask_in_group")
    return Message(body=body, note=text("handbook.asked_note"))


def nearest(
    text: Text, found: Sequence[Found], learned: Sequence[Learning] = (), ways: Ways = NO_WAYS, seen: str = ""
) -> Message:
    """At most three entries: title, two lines, where it stands.

    learned: what peers left for others, in their words. seen: who may read the question as it was typed.
    """
    follow = text("handbook.follow") if ways.words and seen != "group" else ""
    note = [*sources(text, found), _foreign(text, found), follow, _caution(text, seen)]
    return Message(
        title=text("handbook.found"),
        body="\n\n".join([hits(text, found), *_peers(text, learned)]),
        quote=_words(text, learned),
        note="\n".join(filter(None, note)),
        buttons=(
            *(more(text, each.entry) for each in found),
            similar_button(text, found[0].entry),
            *([Button(text("handbook.share"), "handbook.share", ways.shown)] if ways.shown else ()),
            *to_people(text, ways),
            *_opinions(text, ways),
        ),
    )


def nothing(text: Text, learned: Sequence[Learning] = (), ways: Ways = NO_WAYS, seen: str = "") -> Message:
    """No passage fits: say so, and offer people."""
    gap = Button(text("handbook.leave_gap"), "handbook.gap", ways.asked)
    note = [text("handbook.nothing_note"), text("handbook.gap_note") if ways.gap else "", _caution(text, seen)]
    return Message(
        body="\n\n".join([text("handbook.nothing"), *_peers(text, learned)]),
        quote=_words(text, learned),
        note="\n".join(filter(None, note)),
        buttons=(
            Button(text("handbook.reword"), "handbook.begin", ways.asked),
            *to_people(text, ways),
            *([gap] if ways.gap else ()),
        ),
    )


def beside(text: Text, found: Sequence[Found]) -> Message:
    """The same beside a worry that somebody else may have written."""
    return Message(
        title=text("handbook.found"),
        body=hits(text, found),
        note="\n".join(filter(None, [*sources(text, found), _foreign(text, found)])),
        buttons=tuple(more(text, each.entry) for each in found),
    )


def with_nearest(text: Text, message: Message, found: Sequence[Found]) -> Message:
    """What is said to somebody about their own worry, and where the handbook may help them."""
    near = "\n".join([text("handbook.near"), hits(text, found), *sources(text, found)])
    buttons = (*message.buttons, *(more(text, each.entry) for each in found))
    return replace(message, body=f"{message.body}\n\n{near}", buttons=buttons)


def nothing_beside(text: Text) -> Message:
    return Message(body=text("handbook.nothing"))


def told_duty(text: Text, words: str, next_look: str) -> Message:
    """words: what went to who is on duty. next_look: when they will look, where nobody is on duty right now."""
    body = text("handbook.told_later", next=next_look) if next_look else text("handbook.told")
    buttons = (Button(text("handbook.as_worry"), "worry.begin"),) if next_look else ()
    return Message(body=body, quote=words, note=text("handbook.told_note"), buttons=buttons)


def nobody_on_duty(text: Text, ways: Ways) -> Message:
    return Message(body=text("handbook.no_duty"), buttons=(_as_worry(text, ways),))


def hits(text: Text, found: Sequence[Found]) -> str:
    return "\n\n".join(
        text(
            "handbook.hit",
            number=number,
            title=each.entry.title,
            summary=shorten(each.entry.summary, SUMMARY),
            where=where(text, each),
        )
        for number, each in enumerate(found, start=1)
    )


def where(text: Text, each: Found) -> str:
    """In one line: a centre's own handbook by edition, point and page; everything else by what it stands under."""
    entry, between = each.entry, text("handbook.between")
    if entry.kind in FRAME_KINDS:
        return text(f"handbook.kind.{entry.kind}")
    page = text("handbook.page", page=entry.page) if entry.page else ""
    return between.join(filter(None, [entry.edition, entry.point, page, *each.under]))


def sources(text: Text, found: Sequence[Found]) -> list[str]:
    """Where the words come from, of those that do not say so themselves; each once."""
    told = dict.fromkeys(each.entry.edition for each in found if each.entry.kind in FRAME_KINDS)
    return [source(text, edition) for edition in told]


def source(text: Text, edition: str) -> str:
    return text("handbook.source", edition=edition)


def more(text: Text, entry: Entry) -> Button:
    return Button(text("handbook.more", title=shorten(entry.title, TITLE_ON_BUTTON)), "handbook.entry", entry.id)


def similar_button(text: Text, entry: Entry) -> Button:
    return Button(text("handbook.similar"), "handbook.similar", entry.id)


def to_people(text: Text, ways: Ways) -> list[Button]:
    duty = Button(text("handbook.to_duty"), "handbook.duty", ways.asked)
    return [_as_worry(text, ways), *([duty] if ways.words else ())]


def _as_worry(text: Text, ways: Ways) -> Button:
    if ways.words:
        return Button(text("handbook.as_worry"), "handbook.worry", ways.asked)
    return Button(text("handbook.as_worry"), "worry.begin")


def _opinions(text: Text, ways: Ways) -> tuple[Button, ...]:
    if not (ways.opinions and ways.asked):
        return ()
    return (
        Button(text("handbook.useful"), "handbook.answer_useful", ways.asked),
        Button(text("handbook.different"), "handbook.answer_different", ways.asked),
    )


def _caution(text: Text, seen: str) -> str:
    """Whoever brings the same words to people is told who has seen them before."""
    match seen:
        case "group":
            return text("handbook.seen_in_group")
        case "chat":
            return text("handbook.seen_in_chat")
    return ""


def _foreign(text: Text, found: Sequence[Found]) -> str:
    return text("handbook.foreign") if any(each.foreign for each in found) else ""


def _peers(text: Text, learned: Sequence[Learning]) -> list[str]:
    return [text("handbook.learned")] if learned else []


def _words(text: Text, learned: Sequence[Learning]) -> str:
    return "\n\n".join(text("handbook.learned_one", text=each.text, month=each.month) for each in learned)
