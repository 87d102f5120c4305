"""A poll is made: its kind first, then its times, and everybody it asks hears of it."""

from dataclasses import replace

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.language import dates_lines, typical_times
from bot.language.dates import Slot
from bot.routing import conference_letters, notices, poll_closing, series, working_days
from bot.routing.poll_times import read_times as read_times
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import asked, cases, conference_roles, places, polls
from bot.store.cases import Told
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from bot.views import conference_forms
from bot.views.cards import cases as case_cards
from bot.views.cards import conference_polls as cards

router = Router()


async def wished(turn: Turn) -> Reply:
    """事例検討会をやりたい: said in plain words."""
    coordinator = turn.member.may(Role.COORDINATOR)
    return Reply(cards.which_kind(turn.text) if coordinator else cards.ask_coordinator(turn.text))


@router.press("conference.begin", Role.COORDINATOR)
async def which_kind(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(cards.which_kind(turn.text))


@router.press("conference.new", Role.COORDINATOR)
async def begin(turn: Turn, press: Press) -> Reply:
    """argument: "code" where not everybody is asked."""
    if press.argument == asked.BY_CODE:
        return Reply(form=conference_forms.conference(turn.text, about=asked.BY_CODE))
    await _somewhere(turn)
    return Reply(form=conference_forms.conference(turn.text))


@router.press("conference.new_support", Role.COORDINATOR)
async def begin_support(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(form=conference_forms.support_meeting(turn.text))


@router.press("conference.typical", Role.COORDINATOR)
async def typical(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    moments = await _typical(turn)
    return Reply(cards.typical(turn.text, {name: [slot.start.date() for slot in moments[name]] for name in moments}))


@router.press("conference.pattern", Role.COORDINATOR)
async def fill_in(turn: Turn, press: Press) -> Reply:
    """The form of any conference, with these times in it to be mended."""
    moments = await _typical(turn)
    if press.argument not in moments:
        raise Refused("error.stale_button")
    await _somewhere(turn)
    now = turn.now.astimezone(turn.text.timezone)
    lines = dates_lines.lines(moments[press.argument], now, turn.text.language)
    return Reply(form=conference_forms.conference(turn.text, times=lines))


async def _typical(turn: Turn) -> dict[str, list[Slot]]:
    now = turn.now.astimezone(turn.text.timezone)
    await working_days.loaded(turn)
    return {each.name: [Slot(at) for at in typical_times.moments(each, now)] for each in typical_times.PATTERNS}


async def _somewhere(turn: Turn) -> None:
    if not await turn.db.read(places.every):
        raise Refused("conference.no_place")


@router.submit("conference.propose_support", Role.COORDINATOR)
async def propose_support(turn: Turn, submit: Submit) -> Reply:
    """It concerns one municipality, and stands in no place."""
    if repeats := await series.begun(turn, submit, turn.text("conference.support"), "support"):
        return repeats
    candidates = read_times(turn, submit.answers["times"])
    plan = Plan(turn.text("conference.support"), kind="support", audience=asked.BY_CODE)
    return await _proposed(turn, plan, candidates)


@router.submit("conference.propose", Role.COORDINATOR)
async def propose(turn: Turn, submit: Submit) -> Reply:
    """argument: the worry it is about, or "code"."""
    if repeats := await series.begun(turn, submit, submit.answers["theme"], "case"):
        return repeats
    candidates = read_times(turn, submit.answers["times"])
    audience = asked.BY_CODE if submit.argument == asked.BY_CODE else asked.EVERYBODY
    plan = Plan(submit.answers["theme"], audience=audience, required=conference_roles.USUAL)
    return await _proposed(turn, plan, candidates, "" if audience == asked.BY_CODE else submit.argument)


async def _proposed(turn: Turn, plan: Plan, candidates: list[Candidate], worry: str = "") -> Reply:
    await working_days.loaded(turn)
    until = replace(plan, closes_at=poll_closing.usual(candidates, turn.now, turn.rules))

    def post(session: Session) -> tuple[PublicConference, str]:
        proposed = polls.propose(session, until, candidates, turn.member.id)
        code = asked.new_code(session, proposed.id) if plan.audience == asked.BY_CODE else ""
        asked.everybody(session, proposed)
        poll_closing.plan(session, proposed, turn.now, turn.rules)
        conference_letters.post(session, proposed, turn.now, turn.text)
        if worry:
            tell_author(turn, session, proposed, cases.begin(session, worry, proposed.id), "begun")
        return proposed, code

    proposed, code = await turn.db.write(post)
    return Reply(cards.proposed(turn.text, proposed, code))


def tell_author(turn: Turn, session: Session, about: PublicConference, told: Told, what: str) -> None:
    """Of the worry it is about: whoever that is, they hear it alone, and without content."""
    key = f"case:{about.id}:{what}"
    notices.tell(turn, session, told.worry.id, told.author, key, lambda text: case_cards.news(text, told.worry))
