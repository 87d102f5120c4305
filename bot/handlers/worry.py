"""悩みを打ち明ける: a form, a preview of exactly what others will see, and one anonymous post in every place chosen."""

from bot.chat.errors import Refused
from bot.chat.events import Command, Edit, Press, Submit
from bot.chat.messages import Reply
from bot.chat.moments import Moment, reached
from bot.language.cleaning import clean
from bot.routing import safety, standing
from bot.routing.checking import check
from bot.routing.forms import say_softened
from bot.routing.limits import WORRIES
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts, held, places, worries
from bot.store.drafts import Draft
from bot.store.places import EVERYWHERE
from bot.store.session import Session
from bot.store.worries import PublicWorry
from bot.views import forms
from bot.views.cards import line, worry

router = Router()


@router.command("worry")
async def begin_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await _form(turn)


@router.press("worry.begin")
async def begin(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await _form(turn)


async def _form(turn: Turn, values: dict[str, str] | None = None, earlier: str = "") -> Reply:
    """earlier: the preview that the new one will take the place of."""
    linked = await turn.db.read(places.every)
    if not linked:
        raise Refused("worry.no_place")
    return Reply(form=forms.worry(turn.text, linked, values, earlier))


@router.submit("worry.share")
async def preview(turn: Turn, submit: Submit) -> Reply:
    audience, noticed = submit.answers.get("audience", EVERYWHERE), turn.db.noticed
    return await _shown(turn, submit.answers["text"], audience, submit.argument, noticed)


async def _shown(turn: Turn, text: str, audience: str, earlier: str, noticed: str = "") -> Reply:
    """earlier: the preview that this one takes the place of. noticed: a sign of danger that was seen in it."""
    chosen = await turn.db.read(lambda session: places.chosen(session, audience))
    if not chosen:
        raise Refused("worry.no_place")
    # who will read it is fixed here: a place linked later was never in the preview
    content = {"text": text, "audience": audience, "places": [place.id for place in chosen], "noticed": noticed}

    def keep(session: Session) -> str:
        if earlier:
            _discard(turn, session, earlier)
        return drafts.keep(session, turn.private, "preview", content, turn.now)

    draft = await turn.db.write(keep)
    narrow = await safety.narrows(turn, text)
    return Reply(worry.preview(turn.text, draft, text, [place.name for place in chosen], narrow=narrow is not None))


@router.press("worry.preview")
async def preview_again(turn: Turn, press: Press) -> Reply:
    draft = await _preview(turn, press.argument)
    chosen = await turn.db.read(lambda session: places.among(session, draft.content["places"]))
    text, names = draft.content["text"], [place.name for place in chosen]
    narrow = await safety.narrows(turn, text)
    return Reply(worry.preview(turn.text, draft.id, text, names, narrow=narrow is not None))


@router.press("worry.soften")
async def soften(turn: Turn, press: Press) -> Reply:
    """The preview anew, in words that could mean more than one person."""
    draft = await _preview(turn, press.argument)
    softer = await safety.narrows(turn, draft.content["text"])
    text = softer.text if softer else draft.content["text"]
    return await _shown(turn, text, draft.content["audience"], draft.id, draft.content.get("noticed", ""))


async def _preview(turn: Turn, draft_id: str) -> Draft:
    draft = await turn.db.read(lambda session: drafts.take(session, draft_id, turn.private, turn.now))
    if draft is None or draft.kind != "preview":
        raise Refused("forms.gone")
    return draft


@router.press("worry.later")
async def later(turn: Turn, press: Press) -> Reply:
    """The preview stays as it is; the menu leads back to it."""
    await _preview(turn, press.argument)
    return Reply(line(turn.text, "worry.rested"), replace=True)


@router.press("worry.post", limit=WORRIES)
async def share(turn: Turn, press: Press) -> Reply:
    """The worry, its key, its letters and the spent preview are one commit.

    Pressed again, perhaps because the answer was lost: what was written has not been taken away yet."""
    try:
        shared = await turn.db.write(lambda session: _share(turn, session, press.argument))
    except Refused as refused:
        if refused.key != "worry.preview_gone":
            raise
        return Reply(line(turn.text, refused.key), clear=True)
    return Reply(worry.shared(turn.text, shared), replace=True, clear=True)


def _share(turn: Turn, session: Session, draft_id: str) -> PublicWorry:
    draft = drafts.take(session, draft_id, turn.private, turn.now)
    if draft is None or draft.kind != "preview" or not drafts.discard(session, draft_id):
        raise Refused("worry.preview_gone")
    chosen = places.among(session, draft.content["places"])
    if not chosen:
        raise Refused("worry.no_place")
    shared = worries.share(session, draft.content["text"], [place.id for place in chosen], turn.private, turn.now)
    standing.post(session, shared, turn.now, turn.text)
    if draft.content.get("noticed"):
        held.review(session, shared.id, turn.now)
    if __debug__:
        reached(Moment.PUBLISHING)
    return shared


@router.press("worry.edit")
async def edit(turn: Turn, press: Press) -> Reply:
    """The form again, with everything that was written still in it; the preview stays until it is replaced."""
    draft = await _preview(turn, press.argument)
    return await _form(turn, {"text": draft.content["text"], "audience": draft.content["audience"]}, draft.id)


@router.edit()
async def rewrite(turn: Turn, edit: Edit) -> Reply:
    """Before it is confirmed, a worry follows what its author changed in the chat; afterwards a new one is begun."""
    draft = await turn.db.read(lambda session: drafts.latest(session, turn.private, "preview", turn.now))
    if draft is None or not edit.before or draft.content["text"] != clean(edit.before):
        return Reply(worry.edited_late(turn.text))
    field = forms.worry(turn.text, []).fields[0]
    kept, changes = await safety.softened(turn, field, edit.text)
    shown = await _shown(turn, check(field, kept), draft.content["audience"], draft.id, turn.db.noticed)
    return say_softened(turn, shown, changes)


@router.press("worry.drop")
async def drop(turn: Turn, press: Press) -> Reply:
    await turn.db.write(lambda session: _discard(turn, session, press.argument))
    return Reply(line(turn.text, "worry.dropped"), replace=True, clear=True)


def _discard(turn: Turn, session: Session, draft_id: str) -> None:
    if drafts.take(session, draft_id, turn.private, turn.now):
        drafts.discard(session, draft_id)
