"""Where I work and what I am: said only by who wishes it, and shown only where enough others say the same."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import labels, members
from bot.store.areas import PREFECTURES, REGIONS, WORKS
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import line

router = Router()


@router.press("profile.show")
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    if not turn.event.direct:
        raise Refused("mydata.alone")
    return Reply(form=forms.profile(turn.text, turn.member.area, turn.member.work))


@router.submit("profile.say")
async def say(turn: Turn, submit: Submit) -> Reply:
    area, work = submit.answers["area"], submit.answers["work"]
    area, work = area if area in (*PREFECTURES, *REGIONS) else "", work if work in WORKS else ""

    def write(session: Session) -> None:
        members.describe(session, turn.member.id, area, work)
        labels.look_again(session, turn.now)

    await turn.db.write(write)
    return Reply(line(turn.text, "people.said"))
