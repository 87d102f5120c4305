"""What one may do with an answer beside answering it: thanks, going on alone, no notices, looking back."""

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.store.worries import PublicAnswer, PublicWorry
from bot.views.cards import voices
from bot.views.text import Text


def given(text: Text, answer: PublicAnswer, *, to_oneself: bool) -> Message:
    """In hand, after one's own answer."""
    return Message(body=text("worry.answered"), buttons=() if to_oneself else _together(text, answer))


def alone(text: Text, answer: PublicAnswer, *, to_author: bool) -> Message:
    """An answer as the one it speaks to reads it."""
    respond = Button(text("worry.respond"), "talk.write" if answer.aside else "worry.respond", answer.id)
    buttons = [respond, Button(text("answer.thank"), "answer.thank", answer.id)]
    if to_author:
        buttons.append(Button(text("worry.close"), "worry.close", answer.worry.id))
    return Message(
        title=voices.title(text, answer),
        quote=voices.words(text, answer),
        note=_about(text, answer.worry),
        buttons=(*buttons, Button(text("answer.more"), "answer.more", answer.id)),
    )


def more(text: Text, answer: PublicAnswer, *, muted: bool, first: bool) -> Message:
    """first: nothing was written to this reader before it."""
    named = Button(text("answer.respond_named"), "answer.respond_named", answer.id)
    between = (Button(text("talk.title"), "talk.look", answer.id),) if answer.aside else _together(text, answer)
    earlier = Button(text("answer.earlier"), "answer.earlier", answer.id)
    return Message(
        title=text("answer.more"),
        note=_about(text, answer.worry),
        buttons=(
            *(() if answer.aside else (named,)),
            *between,
            mute(text, answer.worry, muted=muted),
            *(() if first else (earlier,)),
        ),
    )


def thanked(text: Text, answer: PublicAnswer) -> Message:
    """To whoever wrote it, opened alone."""
    return Message(
        title=text("answer.thanked_title"),
        body=text("answer.thanked"),
        quote=voices.words(text, answer),
        note=_about(text, answer.worry),
    )


def thanks_notice(text: Text, answer_id: str) -> Message:
    return Message(body=text("worry.notice"), buttons=(Button(text("worry.open"), "answer.thanked", answer_id),))


def _together(text: Text, answer: PublicAnswer) -> tuple[Button, ...]:
    """Not of a worry that stands in no place: there the two are alone already."""
    return (Button(text("talk.wish"), "talk.wish", answer.id),) if answer.worry.state == "open" else ()


def mute(text: Text, worry: PublicWorry, *, muted: bool) -> Button:
    if muted:
        return Button(text("answer.unmute"), "mute.off", worry.id)
    return Button(text("answer.mute"), "mute.on", worry.id)


def muted_ones(text: Text, worries: Sequence[PublicWorry]) -> Message:
    """Whose notices somebody does not want, for that person alone."""
    if not worries:
        return Message(body=text("answer.none_muted"))
    names = [text.pseudonym(worry.pseudonym) for worry in worries]
    buttons = tuple(
        Button(text("answer.unmute_named", name=name), "mute.off", worry.id)
        for name, worry in zip(names, worries, strict=True)
    )
    lines = [text("worry.own_line", name=name) for name in names]
    return Message(title=text("answer.muted_title"), body="\n".join(lines), buttons=buttons)


def _about(text: Text, worry: PublicWorry) -> str:
    return text("worry.about", name=text.pseudonym(worry.pseudonym))
