"""悩みを打ち明ける: a form, a preview of exactly what others will see, and one anonymous post in every place chosen."""

from typing import Any

from bot.chat.errors import Refused
from bot.chat.events import Command, Edit, Press, Submit
from bot.chat.messages import Reply
from bot.language.cleaning import clean
from bot.routing import previewing, safety, sharing
from bot.routing.checking import check
from bot.routing.editing import as_kept
from bot.routing.forms import say_softened
from bot.routing.limits import WORRIES
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts, places
from bot.store.drafts import Draft
from bot.store.places import EVERYWHERE, Place
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import line, worry

router = Router()


@router.command("worry")
async def begin_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await form(turn)


@router.press("worry.begin")
async def begin(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await form(turn)


async def form(turn: Turn, values: dict[str, str] | None = None, earlier: str = "", seen: str = "") -> Reply:
    """earlier: the preview that the new one will take the place of. seen: who has read the same words before."""

    def look(session: Session) -> tuple[list[Place], bool]:
        linked = places.every(session)
        return linked, any(previewing.is_small(turn, session, [place.id]) for place in linked)

    linked, everywhere = await turn.db.read(look)
    if not linked:
        raise Refused("worry.no_place")
    return Reply(form=forms.worry(turn.text, linked, values, earlier, everywhere=everywhere, seen=seen))


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
    return await kept(turn, content, earlier)


async def kept(turn: Turn, content: dict[str, Any], earlier: str) -> Reply:
    """The last look, in the place of an earlier one; what was chosen there stays chosen."""

    def keep(session: Session) -> tuple[str, dict[str, Any]]:
        before = drafts.take(session, earlier, turn.private, turn.now) if earlier else None
        whole = {**(_choices(before) if before else {}), **content}
        if before:
            drafts.discard(session, earlier)
        return drafts.keep(session, turn.private, "preview", whole, turn.now), whole

    draft, whole = await turn.db.write(keep)
    return Reply(await previewing.preview(turn, draft, whole))


def _choices(draft: Draft) -> dict[str, Any]:
    return {name: draft.content[name] for name in ("wish", "labelled", "revises") if name in draft.content}


@router.press("worry.preview")
async def preview_again(turn: Turn, press: Press) -> Reply:
    draft = await preview_draft(turn, press.argument)
    return Reply(await previewing.preview(turn, draft.id, draft.content))


@router.press("worry.soften")
async def soften(turn: Turn, press: Press) -> Reply:
    """The preview anew, in words that could mean more than one person."""
    draft = await preview_draft(turn, press.argument)
    softer = await safety.narrows(turn, draft.content["text"])
    text = softer.text if softer else draft.content["text"]
    return await kept(turn, {**draft.content, "text": text}, draft.id)


async def preview_draft(turn: Turn, draft_id: str) -> Draft:
    draft = await turn.db.read(lambda session: drafts.take(session, draft_id, turn.private, turn.now))
    if draft is None or draft.kind != "preview":
        raise Refused("forms.gone")
    return draft


@router.press("worry.later")
async def later(turn: Turn, press: Press) -> Reply:
    """The preview stays as it is; the menu leads back to it."""
    await preview_draft(turn, press.argument)
    return Reply(line(turn.text, "worry.rested"), replace=True)


@router.press("worry.post", limit=WORRIES)
async def share(turn: Turn, press: Press) -> Reply:
    """With the others at the next time of publishing; at once where there are no such times."""
    return await sharing.share(turn, press.argument, "together" if turn.rules.publish_times else "now")


@router.press("worry.edit")
async def edit(turn: Turn, press: Press) -> Reply:
    """The form again, with everything that was written still in it; the preview stays until it is replaced."""
    draft = await preview_draft(turn, press.argument)
    if draft.content.get("revises"):
        about = f"{draft.content['revises']}:{draft.id}"
        return Reply(form=forms.rewritten(turn.text, draft.content["text"], about))
    return await form(turn, {"text": draft.content["text"], "audience": draft.content["audience"]}, draft.id)


@router.edit()
async def rewrite(turn: Turn, edit: Edit) -> Reply:
    """Before it is confirmed, a worry follows what its author changed in the chat; afterwards a new one is begun."""
    draft = await turn.db.read(lambda session: drafts.latest(session, turn.private, "preview", turn.now))
    befores = [clean(each) for each in await as_kept(turn, edit.before)] if edit.before else []
    if draft is None or draft.content["text"] not in befores:
        return Reply(worry.edited_late(turn.text))
    field = forms.worry(turn.text, []).fields[0]
    words, changes = await safety.softened(turn, field, edit.text)
    content = {**draft.content, "text": check(field, words), "noticed": turn.db.noticed}
    return say_softened(turn, await kept(turn, content, draft.id), changes)


@router.press("worry.drop")
async def drop(turn: Turn, press: Press) -> Reply:
    await turn.db.write(lambda session: _discard(turn, session, press.argument))
    return Reply(line(turn.text, "worry.dropped"), replace=True, clear=True)


def _discard(turn: Turn, session: Session, draft_id: str) -> None:
    if drafts.take(session, draft_id, turn.private, turn.now):
        drafts.discard(session, draft_id)
