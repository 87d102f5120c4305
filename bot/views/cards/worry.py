"""Worries: preview, post, answers, notices, closing. People's words stand in quote and nowhere else."""

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.store.worries import PublicAnswer, PublicWorry
from bot.views.cards import answer as answers
from bot.views.cards import reporting, voices, worry_sharing
from bot.views.cards.worry_sharing import Offer
from bot.views.text import Text


def preview(text: Text, draft: str, worry: str, places: Sequence[str], offer: Offer) -> Message:
    """Exactly what others will read and where, before anything leaves."""
    card = Message(
        title=text("worry.preview_title"),
        body=text("worry.preview", places=text("worry.between_places").join(places)),
        quote=worry,
        buttons=(
            Button(text("worry.edit"), "worry.edit", draft),
            Button(text("forms.later"), "worry.later", draft),
            Button(text("worry.drop"), "worry.drop", draft),
        ),
    )
    return worry_sharing.with_offer(text, card, draft, offer)


def edited_late(text: Text) -> Message:
    """Words changed in the chat after they were used: nothing follows them, but they can be said anew."""
    return Message(body=text("worry.edited_late"), buttons=(Button(text("menu.worry"), "worry.begin"),))


def post(text: Text, worry: PublicWorry) -> Message:
    return Message(
        title=_title(text, worry),
        body=worry_sharing.beside(text, worry),
        quote=worry.text,
        note="\n".join([*_understood(text, worry.understood), text("worry.post_note")]),
        buttons=(
            Button(text("worry.reply"), "worry.reply", worry.id),
            Button(text("answer.understood"), "worry.understood", worry.id),
            Button(text("answer.reply_named"), "worry.reply_named", worry.id),
            Button(text("worry.handbook"), "worry.handbook", worry.id),
            reporting.button(text, worry.id),
        ),
        opens=True,
    )


def closed_post(text: Text, worry: PublicWorry) -> Message:
    return Message(title=_title(text, worry), quote=worry.text, note=text("worry.closed_note"))


def withdrawn_post(text: Text) -> Message:
    """What stands instead of a worry that its author has taken back."""
    return Message(body=text("worry.withdrawn_post"))


def closed_for_good(text: Text) -> Message:
    """What stands instead of a worry whose author has left, without a word of it."""
    return Message(body=text("worry.closed_for_good"))


def taken_back(text: Text) -> Message:
    """The same for an answer."""
    return Message(body=text("worry.taken_back"))


def shared(text: Text, worry: PublicWorry) -> Message:
    return Message(
        body=text("worry.shared", name=text.pseudonym(worry.pseudonym)),
        note=text("worry.shared_note"),
        buttons=(Button(text("worry.close"), "worry.close", worry.id),),
    )


def answer_in_thread(text: Text, answer: PublicAnswer) -> Message:
    return Message(
        title=voices.title(text, answer),
        quote=voices.words(text, answer),
        note="".join(_understood(text, answer.understood)),
        buttons=(
            Button(text("worry.reply"), "worry.reply", answer.worry.id),
            Button(text("answer.understood"), "answer.understood", answer.id),
            reporting.button(text, answer.id),
        ),
    )


def notice(text: Text, answer: PublicAnswer) -> Message:
    """Without content: it may light up on a phone that others see."""
    return Message(body=text("worry.notice"), buttons=(Button(text("worry.open"), "worry.read", answer.id),))


def confirm_closing(text: Text, worry: PublicWorry) -> Message:
    return Message(
        body=text("worry.closing", name=text.pseudonym(worry.pseudonym)),
        note=text("worry.closing_note"),
        buttons=(
            Button(text("worry.close_yes"), "worry.closed", worry.id),
            Button(text("worry.close_no"), "menu.show"),
        ),
    )


def own(text: Text, worries: Sequence[PublicWorry]) -> Message:
    if not worries:
        return Message(body=text("worry.none_open"))
    names = [text.pseudonym(worry.pseudonym) for worry in worries]
    buttons = tuple(
        Button(text("worry.open_named", name=name), "worry.thread", worry.id)
        for name, worry in zip(names, worries, strict=True)
    )
    lines = [_own_line(text, worry) for worry in worries]
    return Message(title=text("worry.own_title"), body="\n".join(lines), buttons=buttons)


def _own_line(text: Text, worry: PublicWorry) -> str:
    name = text.pseudonym(worry.pseudonym)
    return text("worry.own_line_waiting" if worry.state == "waiting" else "worry.own_line", name=name)


def thread(text: Text, worry: PublicWorry, count: int, newest: str, *, waits: str = "", muted: bool = False) -> Message:
    """One's own worry. count: of its answers. newest: the id of the last answer that speaks to its author. waits: when
    it will be seen."""
    read = [Button(text("worry.read_newest"), "worry.read", newest)] if newest else []
    seen = [answers.mute(text, worry, muted=muted), Button(text("worry.close"), "worry.close", worry.id)]
    own = (
        *((Button(text("cases.ask"), "cases.ask", worry.id),) if worry.state == "open" else ()),
        Button(text("worry.revise"), "worry.revise", worry.id),
        Button(text("worry.withdraw"), "worry.withdraw", worry.id),
    )
    so_far = text("worry.answers", count=count) if count else text("worry.no_answer_yet")
    return Message(
        title=_title(text, worry),
        body=waits or so_far,
        quote=worry.text,
        note="\n".join([*_understood(text, worry.understood), *_not_seen(text, worry)]),
        buttons=(*read, *([] if waits else seen), *own),
    )


def _not_seen(text: Text, worry: PublicWorry) -> list[str]:
    return [text("report.not_seen")] if worry.state in ("held", "hidden") else []


def _title(text: Text, worry: PublicWorry) -> str:
    return text("worry.post_title", name=text.pseudonym(worry.pseudonym))


def _understood(text: Text, count: int) -> list[str]:
    return [text("answer.understood_by", count=count)] if count else []
