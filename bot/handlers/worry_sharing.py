"""The last look before sharing: when it goes, what stands beside it, and how far."""

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.handlers.worry import preview_draft
from bot.routing import previewing, sharing
from bot.routing.limits import WORRIES
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import places
from bot.store.drafts import Draft
from bot.store.places import EVERYWHERE
from bot.store.session import Session
from bot.store.told import WISHES
from bot.views.cards import worry_sharing

router = Router()


@router.press("worry.post_soon", limit=WORRIES)
async def share_soon(turn: Turn, press: Press) -> Reply:
    return await sharing.share(turn, press.argument, "soon")


@router.press("worry.now")
async def warn(turn: Turn, press: Press) -> Reply:
    draft = await preview_draft(turn, press.argument)
    return Reply(worry_sharing.warn(turn.text, draft.id), replace=True)


@router.press("worry.post_now", limit=WORRIES)
async def share_now(turn: Turn, press: Press) -> Reply:
    return await sharing.share(turn, press.argument, "now")


@router.press("worry.wish")
async def ask_wish(turn: Turn, press: Press) -> Reply:
    draft = await preview_draft(turn, press.argument)
    return Reply(worry_sharing.wishes(turn.text, draft.id), replace=True)


@router.press("worry.wished")
async def wish(turn: Turn, press: Press) -> Reply:
    wished, _, draft_id = press.argument.partition(":")
    if wished not in WISHES:
        raise Refused("error.stale_button")
    return await _changed(turn, await preview_draft(turn, draft_id), wish=wished)


@router.press("worry.label")
async def label(turn: Turn, press: Press) -> Reply:
    """On or off; off until somebody wishes it."""
    draft = await preview_draft(turn, press.argument)
    return await _changed(turn, draft, labelled=not draft.content.get("labelled"))


@router.press("worry.wider")
async def go_further(turn: Turn, press: Press) -> Reply:
    """Only while few live where it would go."""
    draft = await preview_draft(turn, press.argument)

    def everywhere(session: Session) -> list[str]:
        few = previewing.is_small(turn, session, draft.content["places"])
        return [place.id for place in places.every(session)] if few else []

    linked = await turn.db.read(everywhere)
    if not linked or draft.content.get("revises"):
        raise Refused("error.stale_button")
    return await _changed(turn, draft, audience=EVERYWHERE, places=linked)


async def _changed(turn: Turn, draft: Draft, **chosen: object) -> Reply:
    content = await turn.db.write(lambda session: previewing.change(session, turn, draft, **chosen))
    return Reply(await previewing.preview(turn, draft.id, content), replace=True)
