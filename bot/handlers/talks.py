"""ふたりで続ける: two people alone by mutual wish, and the names they give each other when both do."""

from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.handlers.worry_threads import tell_answered
from bot.routing import notices
from bot.routing.limits import ANSWERS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import posts, talks
from bot.store.session import Session
from bot.store.talks import Changed, PublicTalk
from bot.views import forms
from bot.views.cards import line, talk

router = Router()


@router.press("talk.wish")
async def wish(turn: Turn, press: Press) -> Reply:
    def write(session: Session) -> PublicTalk:
        changed = talks.wish(session, press.argument, turn.private)
        if changed.talk.state == "wished":
            found = changed.talk
            key = posts.wish_key(found.id)
            notices.tell(turn, session, found.worry.id, changed.tell, key, lambda text: talk.asked(text, found.id))
        else:
            _tell(turn, session, changed)
        return changed.talk

    return Reply(talk.now(turn.text, await turn.db.write(write)))


@router.press("talk.look")
async def look(turn: Turn, press: Press) -> Reply:
    return Reply(talk.now(turn.text, await _look(turn, press.argument)))


@router.press("talk.yes")
async def agree(turn: Turn, press: Press) -> Reply:
    def write(session: Session) -> PublicTalk:
        return _tell(turn, session, talks.agree(session, press.argument, turn.private))

    return Reply(talk.now(turn.text, await turn.db.write(write)))


@router.press("talk.no")
async def not_now(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """Changes no row: nobody can tell it from silence."""
    return Reply(line(turn.text, "talk.not_now"))


@router.press("talk.write")
async def write(turn: Turn, press: Press) -> Reply:
    found = await _look(turn, press.argument)
    if found.state != "agreed":
        return Reply(talk.now(turn.text, found))
    return Reply(form=forms.aside(turn.text, found.id))


@router.submit("talk.answer", limit=ANSWERS)
async def say(turn: Turn, submit: Submit) -> Reply:
    """Relayed to the other, and brought to no place."""

    def deliver(session: Session) -> None:
        text = submit.answers["text"]
        tell_answered(turn, session, talks.say(session, submit.argument, text, turn.private, turn.now))

    await turn.db.write(deliver)
    return Reply(line(turn.text, "talk.sent"), clear=True)


@router.press("talk.end")
async def confirm_end(turn: Turn, press: Press) -> Reply:
    found = await _look(turn, press.argument)
    return Reply((talk.confirm_end if found.state == "agreed" else talk.now)(turn.text, found))


@router.press("talk.ended")
async def end(turn: Turn, press: Press) -> Reply:
    def write(session: Session) -> PublicTalk:
        return _tell(turn, session, talks.end(session, press.argument, turn.private))

    return Reply(talk.now(turn.text, await turn.db.write(write)), replace=True)


@router.press("talk.name")
async def name(turn: Turn, press: Press) -> Reply:
    found = await _look(turn, press.argument)
    if found.state != "agreed" or found.their_name:
        return Reply(talk.now(turn.text, found))
    return Reply(form=forms.own_name(turn.text, found.id))


@router.submit("talk.named")
async def give_name(turn: Turn, submit: Submit) -> Reply:
    def write(session: Session) -> PublicTalk:
        changed = talks.give_name(session, submit.argument, submit.answers["name"], turn.private)
        return _tell(turn, session, changed)

    return Reply(talk.now(turn.text, await turn.db.write(write)), clear=True)


@router.press("talk.unname")
async def take_name_back(turn: Turn, press: Press) -> Reply:
    def write(session: Session) -> PublicTalk:
        return talks.take_name_back(session, press.argument, turn.private)

    return Reply(talk.now(turn.text, await turn.db.write(write)), replace=True)


async def _look(turn: Turn, answer_id: str) -> PublicTalk:
    return await turn.db.read(lambda session: talks.look(session, answer_id, turn.private))


def _tell(turn: Turn, session: Session, changed: Changed) -> PublicTalk:
    """The other is told that something is new, where there is anything to tell."""
    found = changed.talk
    key = posts.talk_key(found.id, f"{turn.event.address.platform}:{turn.event.id}")
    notices.tell(turn, session, found.worry.id, changed.tell, key, lambda text: talk.news(text, found.id))
    return found
