"""The dates of a conference: proposed by a coordinator."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.language import dates
from bot.routing import conference_letters, notices, series
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import cases, conference_roles, places, polls
from bot.store.cases import Told
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.polls import FEWEST_SLOTS, MOST_SLOTS, Candidate, Plan
from bot.store.session import Session
from bot.views import conference_forms
from bot.views.cards import cases as case_cards
from bot.views.cards import conference

router = Router()

DOUBT_SHOWN = 40


@router.press("conference.begin", Role.COORDINATOR)
async def which_kind(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(conference.which_kind(turn.text))


@router.press("conference.new", Role.COORDINATOR)
async def begin(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    if not await turn.db.read(places.every):
        raise Refused("conference.no_place")
    return Reply(form=conference_forms.conference(turn.text))


@router.press("conference.new_support", Role.COORDINATOR)
async def begin_support(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(form=conference_forms.support_meeting(turn.text))


@router.submit("conference.propose_support", Role.COORDINATOR)
async def propose_support(turn: Turn, submit: Submit) -> Reply:
    """It concerns one municipality, and stands in no place."""
    if repeats := await series.begun(turn, submit, turn.text("conference.support"), "support"):
        return repeats
    candidates = read_times(turn, submit.answers["times"])
    plan = Plan(turn.text("conference.support"), kind="support", audience="code")
    proposed = await turn.db.write(lambda session: polls.propose(session, plan, candidates, turn.member.id))
    return Reply(conference.for_coordinator(turn.text, proposed))


@router.submit("conference.propose", Role.COORDINATOR)
async def propose(turn: Turn, submit: Submit) -> Reply:
    if repeats := await series.begun(turn, submit, submit.answers["theme"], "case"):
        return repeats
    candidates = read_times(turn, submit.answers["times"])
    plan = Plan(submit.answers["theme"], required=conference_roles.USUAL)

    def post(session: Session) -> PublicConference:
        proposed = polls.propose(session, plan, candidates, turn.member.id)
        conference_letters.post(session, proposed, turn.now, turn.text)
        if submit.argument:
            tell_author(turn, session, proposed, cases.begin(session, submit.argument, proposed.id), "begun")
        return proposed

    proposed = await turn.db.write(post)
    return Reply(conference.for_coordinator(turn.text, proposed))


def read_times(turn: Turn, lines: str, fewest: int = FEWEST_SLOTS) -> list[Candidate]:
    """Different times ahead; otherwise the form comes back, asking what was meant in its field `times`."""
    parsed = dates.parse(lines, turn.now.astimezone(turn.text.timezone))
    if parsed.cut:
        raise Refused("conference.many", field="times")
    for doubt in parsed.doubts:
        words = doubt.text[:DOUBT_SHOWN]
        if doubt.nearest is None:
            raise Refused(f"conference.unclear.{doubt.question}", field="times", text=words)
        nearest = turn.text.when(doubt.nearest.start)
        raise Refused(f"conference.meant.{doubt.question}", field="times", text=words, nearest=nearest)
    ends = {slot.start: slot.end for slot in parsed.slots}
    if len(ends) < fewest:
        raise Refused("conference.few", field="times")
    if len(ends) > MOST_SLOTS:
        raise Refused("conference.many", field="times")
    return [
        Candidate(start, int((end - start).total_seconds() // 60) if end else 0) for start, end in sorted(ends.items())
    ]


def tell_author(turn: Turn, session: Session, about: PublicConference, told: Told, what: str) -> None:
    """Of the worry it is about: whoever that is, they hear it alone, and without content."""
    key = f"case:{about.id}:{what}"
    notices.tell(turn, session, told.worry.id, told.author, key, lambda text: case_cards.news(text, told.worry))
