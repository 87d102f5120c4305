"""仲間のメモ: peers add what helped to an entry; a coordinator reads it first, and only a receipt leads back."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Message, Reply
from bot.knowledge.points import Entry
from bot.routing import passages
from bot.routing.limits import PEER_NOTES
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import acts, drafts, outbox, peer_notes
from bot.store.drafts import Draft
from bot.store.members import Role
from bot.store.outbox import Letter
from bot.store.peer_notes import PeerNote, Said
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import line
from bot.views.cards import peer_notes as cards

router = Router()


async def with_peer_notes(turn: Turn, entry: Entry, card: Message) -> Message:
    """The card of an entry with what peers have added; what was found of theirs is looked up in the rows anew."""
    if entry.kind == "peer":
        found = await turn.db.read(lambda session: peer_notes.find(session, entry.id.removeprefix("peer.")))
        coordinator = turn.member.may(Role.COORDINATOR) and turn.event.direct
        return cards.every(turn.text, await _entry(turn, found.entry), [found], coordinator=coordinator)
    notes = await turn.db.read(lambda session: peer_notes.under(session, entry.id))
    return cards.beside(turn.text, card, entry, notes)


@router.press("peers.begin")
async def begin(turn: Turn, press: Press) -> Reply:
    return Reply(form=forms.peer_note(turn.text, (await _entry(turn, press.argument)).id))


@router.submit("peers.write")
async def preview(turn: Turn, submit: Submit) -> Reply:
    """argument: the entry, and the preview that this one takes the place of."""
    entry_id, _, earlier = submit.argument.partition(":")
    entry = await _entry(turn, entry_id)
    content = {"entry": entry.id, "answers": dict(submit.answers)}

    def keep(session: Session) -> str:
        if earlier:
            _take(turn, session, earlier)
        return drafts.keep(session, turn.private, "peer", content, turn.now)

    return Reply(cards.preview(turn.text, await turn.db.write(keep), entry, Said(**submit.answers)))


@router.press("peers.rewrite")
async def rewrite(turn: Turn, press: Press) -> Reply:
    draft = await turn.db.read(lambda session: _find(turn, session, press.argument))
    about = f"{draft.content['entry']}:{draft.id}"
    return Reply(form=forms.peer_note(turn.text, about, draft.content["answers"]))


@router.press("peers.drop")
async def drop(turn: Turn, press: Press) -> Reply:
    await turn.db.write(lambda session: _take(turn, session, press.argument))
    return Reply(line(turn.text, "peers.dropped"), replace=True, clear=True)


@router.press("peers.leave", limit=PEER_NOTES)
async def leave(turn: Turn, press: Press) -> Reply:
    """The receipt is a letter: an answer in hand may be lost, and then nothing would lead back."""

    def write(session: Session) -> None:
        content = _take(turn, session, press.argument).content
        said = Said(**content["answers"])
        secret = peer_notes.leave(session, content["entry"], said, turn.now, turn.rules)
        card = cards.receipt(turn.text, secret)
        outbox.put(session, Letter(f"receipt:{secret}", turn.private, card, turn.now, alone=True))

    await turn.db.write(write)
    return Reply(line(turn.text, "peers.left"), replace=True, clear=True)


@router.press("peers.withdraw", Role.STRANGER)
async def withdraw(turn: Turn, press: Press) -> Reply:
    """Whoever holds the receipt may, also after leaving."""
    gone = await turn.db.write(lambda session: peer_notes.withdraw(session, press.argument))
    await turn.db.forget_traces()
    return Reply(line(turn.text, "peers.withdrawn" if gone else "peers.withdrawn_already"), replace=True)


@router.press("peers.show")
async def show(turn: Turn, press: Press) -> Reply:
    """argument: the entry, and after how many."""
    entry_id, _, first = press.argument.partition(":")
    entry = await _entry(turn, entry_id)
    notes = await turn.db.read(lambda session: peer_notes.under(session, entry.id))
    start = int(first) if first.isdecimal() and int(first) < len(notes) else 0
    if not notes:
        raise Refused("peers.gone")
    coordinator = turn.member.may(Role.COORDINATOR) and turn.event.direct
    return Reply(cards.every(turn.text, entry, notes, start, coordinator=coordinator))


@router.press("peers.check", Role.COORDINATOR)
async def check(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    turn.only_us()
    waiting = await turn.db.read(peer_notes.waiting)
    if not waiting:
        return Reply(line(turn.text, "peers.none_waiting"))
    return Reply(await _next(turn, waiting))


async def _next(turn: Turn, waiting: list[PeerNote]) -> Message:
    try:
        title = (await _entry(turn, waiting[0].entry)).title
    except Refused:
        title = ""
    return cards.to_check(turn.text, waiting[0], title, len(waiting))


@router.press("peers.release", Role.COORDINATOR)
async def release(turn: Turn, press: Press) -> Reply:
    turn.only_us()

    def decide(session: Session) -> None:
        peer_notes.release(session, press.argument)
        acts.note(session, turn.member.id, "peer_note_shown", press.argument, turn.now)

    await turn.db.write(decide)
    return Reply(line(turn.text, "peers.released"), replace=True)


@router.press("peers.hide", Role.COORDINATOR)
async def hide(turn: Turn, press: Press) -> Reply:
    """Before it is shown or afterwards."""
    turn.only_us()

    def decide(session: Session) -> None:
        peer_notes.hide(session, press.argument)
        acts.note(session, turn.member.id, "peer_note_put_aside", press.argument, turn.now)

    await turn.db.write(decide)
    await turn.db.forget_traces()
    return Reply(line(turn.text, "peers.hidden"), replace=True)


async def _entry(turn: Turn, entry_id: str) -> Entry:
    """What a note can stand under. Refused for another peer's note, and for what is there no more."""
    entry = await turn.handbook.entry(entry_id, turn.text.language)
    entry = entry or await turn.db.read(lambda session: passages.cited(session, entry_id))
    if entry is None or entry.kind == "peer":
        raise Refused("handbook.gone")
    return entry


def _take(turn: Turn, session: Session, draft_id: str) -> Draft:
    """Once: a second press finds nothing."""
    draft = _find(turn, session, draft_id)
    if not drafts.discard(session, draft.id):
        raise Refused("peers.preview_gone")
    return draft


def _find(turn: Turn, session: Session, draft_id: str) -> Draft:
    draft = drafts.take(session, draft_id, turn.private, turn.now)
    if draft is None or draft.kind != "peer":
        raise Refused("peers.preview_gone")
    return draft
