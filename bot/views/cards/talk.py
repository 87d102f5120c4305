"""Two people alone: the wish, what is between them now, and the names they may give each other."""

from bot.chat.messages import Button, Message
from bot.store.talks import PublicTalk
from bot.views.cards import voices
from bot.views.text import Text


def asked(text: Text, talk_id: str) -> Message:
    """A notice: nothing in it tells which worry it is about."""
    return Message(
        body=text("talk.asked"),
        buttons=(*_yes_and_no(text, talk_id), Button(text("talk.which"), "talk.look", talk_id)),
    )


def news(text: Text, talk_id: str) -> Message:
    """A notice without content."""
    return Message(body=text("worry.notice"), buttons=(Button(text("worry.open"), "talk.look", talk_id),))


def now(text: Text, talk: PublicTalk) -> Message:
    """What is between the two now, as one of them sees it."""
    other = voices.who(text, talk.voice, talk.called)
    return Message(
        title=text("talk.title"),
        body=text(f"talk.state.{talk.state}"),
        quote="\n".join(_names(text, talk)),
        note=text("talk.about", name=text.pseudonym(talk.worry.pseudonym), other=other),
        buttons=_buttons(text, talk),
    )


def confirm_end(text: Text, talk: PublicTalk) -> Message:
    return Message(
        body=text("talk.ending"),
        buttons=(
            Button(text("talk.end_yes"), "talk.ended", talk.id),
            Button(text("talk.end_no"), "talk.look", talk.id),
        ),
    )


def _names(text: Text, talk: PublicTalk) -> list[str]:
    """People's own words."""
    return [
        *([voices.named(text, talk.called)] if talk.called else []),
        *([text("talk.own_name", name=talk.own_name)] if talk.own_name else []),
        *([text("talk.their_name", name=talk.their_name)] if talk.their_name else []),
    ]


def _buttons(text: Text, talk: PublicTalk) -> tuple[Button, ...]:
    match talk.state:
        case "nothing":
            return (Button(text("talk.wish"), "talk.wish", talk.id),)
        case "wished":
            return (Button(text("talk.take_back"), "talk.ended", talk.id),)
        case "asked":
            return _yes_and_no(text, talk.id)
    write, end = Button(text("talk.write"), "talk.write", talk.id), Button(text("talk.end"), "talk.end", talk.id)
    if talk.their_name:
        return write, end
    if talk.own_name:
        return write, Button(text("talk.unname"), "talk.unname", talk.id), end
    return write, Button(text("talk.name"), "talk.name", talk.id), end


def _yes_and_no(text: Text, talk_id: str) -> tuple[Button, Button]:
    return Button(text("talk.yes"), "talk.yes", talk_id), Button(text("talk.no"), "talk.no", talk_id)
