"""A date that was fixed is changed, asked for anew, or called off: shown once, and only then everyone is told."""

from datetime import datetime

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Message, Reply
from bot.handlers.conference_polls import read_times, tell_author
from bot.routing import conference_letters, conference_plans, conference_seats, poll_closing, working_days
from bot.routing.conference_letters import Card
from bot.routing.conference_seen import seen
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import cases, conferences, drafts, participants, rescheduling
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.polls import FEWEST_SLOTS, Candidate
from bot.store.session import Session
from bot.views import conference_date_forms
from bot.views.cards import conference, line
from bot.views.cards import conference_changes as cards

router = Router()


@router.press("conference.move", Role.COORDINATOR)
async def begin_move(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: _changeable(turn, session, press.argument))
    return Reply(form=conference_date_forms.move(turn.text, found))


@router.submit("conference.move", Role.COORDINATOR)
async def show_move(turn: Turn, submit: Submit) -> Reply:
    found = await turn.db.read(lambda session: _changeable(turn, session, submit.argument))
    times = read_times(turn, submit.answers["times"], fewest=1 if found.chosen else FEWEST_SLOTS)
    chosen = found.chosen
    if chosen:
        times = [Candidate(each.starts_at, each.minutes or chosen.minutes) for each in times]
        if times == [Candidate(chosen.starts_at, chosen.minutes)]:
            raise Refused("conference_changes.same", field="times")

    def keep(session: Session) -> Message:
        content = {
            "conference": found.id,
            "stood": rescheduling.stand(found),
            "times": [[each.starts_at.isoformat(), each.minutes] for each in times],
        }
        draft = drafts.keep(session, turn.private, "dates", content, turn.now)
        people = len(_told(turn, session, found))
        if chosen and len(times) == 1:
            return cards.confirm_move(turn.text, found, times[0], people, draft)
        return cards.confirm_asking(turn.text, found, times, people, draft)

    return Reply(await turn.db.write(keep))


@router.press("conference.moved", Role.COORDINATOR)
async def move(turn: Turn, press: Press) -> Reply:
    draft = await turn.db.read(lambda session: drafts.take(session, press.argument, turn.private, turn.now))
    if draft is None or draft.kind != "dates":
        raise Refused("forms.gone")
    turn.db.spend(draft.id)
    content = draft.content
    times = [Candidate(datetime.fromisoformat(starts_at), minutes) for starts_at, minutes in content["times"]]
    await working_days.loaded(turn)
    changed = await turn.db.write(lambda session: _move(turn, session, content["conference"], content["stood"], times))
    done = line(turn.text, "conference_changes.moved" if changed.chosen else "conference_changes.asked")
    return Reply(done, replace=True)


def _move(turn: Turn, session: Session, conference_id: str, stood: str, times: list[Candidate]) -> PublicConference:
    seen(turn, session, conference_id)
    before = rescheduling.held(session, conference_id, stood, turn.now)
    told = _told(turn, session, before)
    if before.chosen and len(times) == 1:
        changed = rescheduling.move(session, before, times[0], turn.now)
        card = cards.moved
        conference_plans.plan(session, changed, turn.now, turn.rules)
    else:
        asking = rescheduling.ask_again(session, before, times, turn.now)
        changed = poll_closing.begin(session, asking, times, turn.now, turn.rules)
        card = cards.asked_again
    conference_letters.update_posts(session, changed, turn.now, turn.text)
    key = f"moved:{conference_id}.{changed.revision}"
    conference_letters.tell(session, told, key, lambda text: card(text, before, changed), turn.now, turn.text)
    if about := cases.of(session, conference_id):
        tell_author(turn, session, changed, about, f"moved{changed.revision}")
    return changed


@router.press("conference.suits")
async def suits(turn: Turn, press: Press) -> Reply:
    return await _answer(turn, press.argument, suits=True)


@router.press("conference.unsuited")
async def unsuited(turn: Turn, press: Press) -> Reply:
    return await _answer(turn, press.argument, suits=False)


async def _answer(turn: Turn, occasion: str, *, suits: bool) -> Reply:
    def note(session: Session) -> Message:
        seen(turn, session, occasion.partition(".")[0])
        found = rescheduling.on_new_date(session, occasion, turn.now)
        if suits:
            conference_seats.come(session, found, turn.member.id, turn.now, turn.text)
        else:
            conference_seats.give_up(session, found, turn.member.id, turn.now, turn.text, turn.rules)
        return cards.suits(turn.text, found, participants.state_of(session, found.id, turn.member.id))

    return Reply(await turn.db.write(note))


@router.press("conference.cancel", Role.COORDINATOR)
async def show_cancel(turn: Turn, press: Press) -> Reply:
    def look(session: Session) -> Message:
        found = _changeable(turn, session, press.argument)
        people, case = len(_told(turn, session, found)), cases.of(session, found.id) is not None
        return cards.confirm_cancel(turn.text, found, rescheduling.stand(found), people, case=case)

    return Reply(await turn.db.read(look))


@router.press("conference.cancelled", Role.COORDINATOR)
async def cancel(turn: Turn, press: Press) -> Reply:
    conference_id, _, stood = press.argument.partition(".")

    def call_off(session: Session) -> None:
        seen(turn, session, conference_id)
        before = rescheduling.held(session, conference_id, stood, turn.now)
        cancelled = rescheduling.cancel(session, before)
        conference_letters.update_posts(session, cancelled, turn.now, turn.text)
        _tell_called_off(turn, session, _told(turn, session, before), cancelled)
        if about := cases.of(session, conference_id):
            tell_author(turn, session, cancelled, about, "cancelled")

    await turn.db.write(call_off)
    return Reply(line(turn.text, "conference_changes.cancelled"), replace=True)


def _tell_called_off(turn: Turn, session: Session, everyone: set[str], cancelled: PublicConference) -> None:
    coming = everyone & {*participants.of(session, cancelled.id, ("coming", "maybe"))}
    letters: tuple[tuple[set[str], Card], ...] = (
        (coming, lambda text: cards.called_off(text, cancelled)),
        (everyone - coming, lambda text: conference.cancelled(text, cancelled)),
    )
    for told, card in letters:
        conference_letters.tell(session, told, f"cancelled:{cancelled.id}", card, turn.now, turn.text)


def _changeable(turn: Turn, session: Session, conference_id: str) -> PublicConference:
    found = seen(turn, session, conference_id).conference
    rescheduling.changeable(found, turn.now)
    return found


def _told(turn: Turn, session: Session, found: PublicConference) -> set[str]:
    """Everyone it concerns, and who proposed it, where somebody else changes it."""
    others = {conferences.proposer_of(session, found.id)} - {turn.member.id, ""}
    return rescheduling.concerned(session, found) | others
