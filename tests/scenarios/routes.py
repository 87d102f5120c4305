"""For every door of the house, something that really opens it: made by the person who would come that way."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.events import Address, Body, Command, Edit, Press, Submit, Text
from bot.chat.messages import Form
from bot.routing.forms import content
from bot.routing.router import Key, Route
from bot.store import (
    cases,
    conferences,
    drafts,
    editions,
    learnings,
    members,
    occurrences,
    peer_notes,
    places,
    reactions,
    rota,
    subjects,
    talks,
    worries,
)
from bot.store.handbook_models import Gap
from bot.store.members import Member, Role
from bot.store.occurrences import Occurrence
from bot.store.packing import address_to_list, pack
from bot.store.peer_notes import Said
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views import forms
from tests.scenarios import routes_conferences
from tests.scenarios.community import WORRY
from tests.world import Person, World

PREVIEWED = (
    "post", "post_soon", "post_now", "now", "wish", "label", "wider", "preview", "later", "edit", "drop",
)  # fmt: skip
NOTE = {"helped": "返事を待たずに、手紙を置いて帰ることにしました。", "tried": "また来ますね", "name": "阿部"}
IN_THE_GROUP = {("command", "here"), ("press", "handbook.share")}


def doors(world: World, role: Role) -> list[tuple[Key, Route]]:
    """Those that are open from this role on, and to nobody below it."""
    routes = world.house.pipeline._router.routes
    return [(key, route) for key, route in routes.items() if route.role == role and key[0] != "news"]


@dataclass(frozen=True)
class Things:
    """What one person can have to do with at one time: all of it in rows, so that any handler would find it."""

    preview: str
    shown: str
    asked: str
    unanswered: str
    worry: str
    case: str
    update: str
    day: str
    answer: str
    conference: str
    series: str
    place: str
    stopped: str
    told: str
    thanked: str
    learning: str
    peer: str
    note: str
    receipt: str
    gap: str
    edition: str
    dialogs: dict[str, tuple[str, dict[str, str]]]

    def body(self, key: Key) -> Body:
        kind, name = key
        match kind:
            case "command":
                return Command(name, {"language": "en", "ask": "居場所", "here": "広間"}.get(name, ""))
            case "words":
                return Text("居場所")
            case "edit":
                return Edit(WORRY, "書き直しました。")
            case "submit":
                draft, answers = self.dialogs[name]
                return Submit(name, answers, draft)
        return Press(name, self._argument(name))

    def _argument(self, name: str) -> str:
        room = name.partition(".")[0]
        exact = {
            "language.set": "en",
            "mydata.erased": "anyway",
            "coordinating.stepped_down": "anyway",
            "handbook.share": self.shown,
            "handbook.page": "1.value.human",
            **{f"handbook.{each}": "item.1" for each in ("entry", "similar", "useful", "different")},
            "handbook.above": "note.1.through-the-door",
            **{f"handbook.{each}": self.asked for each in ("back", "answer_useful", "answer_different")},
            **{f"handbook.{each}": self.unanswered for each in ("worry", "duty", "gap")},
            "line.at": "12:00",
            "gaps.settle": self.gap,
            "peers.begin": "item.1",
            "peers.show": "item.1:0",
            "peers.withdraw": self.receipt,
            **{f"peers.{each}": self.peer for each in ("leave", "rewrite", "drop")},
            "report.send": f"{self.worry}.harsh",
            "report.told": self.told,
            "moderation.queue": "",
            "moderation.restore": self.stopped,
            "moderation.pause": f"{self.worry}.writer",
            "moderation.paused": f"{self.worry}.writer.7",
            "worry.read": self.answer,
            "worry.respond": self.answer,
            "answer.thanked": self.thanked,
            **routes_conferences.arguments(self.conference, self.series),
            "unanswered.status": f"{self.worry}.duty",
            **{f"following_up.{each}": self.update for each in ("post", "rewrite", "drop")},
            **{f"worry.{each}": self.preview for each in PREVIEWED},
            "worry.wished": f"listen:{self.preview}",
            **{f"worry.{each}": self.preview for each in PREVIEWED},
        }
        rooms = {
            "worry": self.worry,
            "mute": self.worry,
            "report": self.worry,
            "moderation": self.worry,
            "answer": self.answer,
            "talk": self.answer,
            "learning": self.learning,
            "peers": self.note,
            "editions": self.edition,
            "conference": self.conference,
            "place": self.place,
            "cases": self.case,
            "unanswered": self.worry,
            "following_up": self.worry,
            "duty": self.day,
        }
        return exact.get(name, rooms.get(room, ""))


async def member(world: World, person: Person, role: Role) -> Member:
    """This person, in this role, whatever they were before."""
    private = _private(person)

    def enter(session: Session) -> Member:
        if known := members.find(session, private):
            members.set_role(session, known.id, role)
            return Member(known.id, role, known.language)
        return members.enter(session, private, role, "ja", world.house.clock())

    return await world.house.database.write(enter)


async def things(world: World, person: Person, linked: str, conference: str) -> Things:
    """linked: the group that is a place."""
    text, now, private = world.house.text, world.house.clock(), _private(person)
    group = Address(person.platform.name, "team", linked)

    def make(session: Session) -> Things:
        place = places.at(session, group)
        assert place
        poll = conferences.change(session, conference, hidden=False)
        repeats = routes_conferences.series_of(session)  # or nobody could give a name there
        worry = worries.share(session, WORRY, [place.id], private, now)
        other = Address("slack", "team", "nobody-else")
        answered = worries.answer(session, worry.id, "一緒に考えます。", other, now)
        thanked = worries.answer(session, worry.id, "やってみます。", private, now, to=answered.answer.id)
        reactions.thank(session, thanked.answer.id, other)
        talks.wish(session, answered.answer.id, other)
        talks.agree(session, answered.answer.id, private)
        learnings.leave(session, "待つことを学びました。", now, Rules())
        (arrives,) = (each for each in occurrences.due(session, now + learnings.ARRIVES_WITHIN) if _is_learning(each))
        occurrences.forget(session, arrives)
        learnings.arrive(session, arrives.subject)
        wished = worries.share(session, WORRY, [place.id], private, now)
        cases.wish(session, wished.id, private, now)
        stopped = worries.share(session, WORRY, [place.id], private, now)
        hidden = subjects.find(session, stopped.id)
        subjects.stop(session, hidden.subject, "harsh")
        told = {"subject": stopped.id, "reason": "harsh", "line": ""}
        filled: list[tuple[Form, dict[str, str]]] = [
            (forms.worry(text, [place]), {"text": WORRY}),
            (forms.rewritten(text, WORRY, f"{worry.id}:"), {"text": "直したことばです。"}),
            (forms.profile(text, "", ""), {"area": "13", "work": "health"}),
            (forms.question(text), {"question": "居場所"}),
            (forms.answer(text, f"worry:{worry.id}"), {"text": "私もそう思います。"}),
            (forms.stopping(text, worry.id), {"reason": "harsh", "line": "やわらかく。"}),
            (forms.answer_with_name(text, f"worry:{worry.id}"), {"text": "私もそう思います。", "name": "阿部"}),
            (forms.aside(text, answered.answer.id), {"text": "私もそう思います。"}),
            (forms.own_name(text, answered.answer.id), {"name": "阿部"}),
            (forms.learning(text), {"text": "待つことを学びました。"}),
            (forms.peer_note(text, "item.1"), NOTE),
            (forms.update(text, worry.id), {"text": "少し話せました。"}),
            *routes_conferences.forms(text, poll, repeats),
        ]
        asked = {"text": "居場所", "first": "居場所", "seen": "", "noticed": "", "found": ["item.1"], "shown": ""}
        entry = {"entries": ["item.1"], "place": address_to_list(group)}
        update = {"text": "少し話せました。", "worry": worry.id}
        preview = {"text": WORRY, "audience": "all", "places": [place.id]}
        return Things(
            preview=drafts.keep(session, private, "preview", preview, now),
            shown=drafts.keep(session, private, "shown", entry, now),
            asked=drafts.keep(session, private, "asked", asked, now),
            unanswered=drafts.keep(session, private, "asked", {**asked, "found": []}, now),
            worry=worry.id,
            case=wished.id,
            update=drafts.keep(session, private, "update", update, now),
            day=rota.upcoming(now, world.house.rules)[-1].isoformat(),
            answer=answered.answer.id,
            conference=conference,
            series=repeats,
            place=place.id,
            stopped=stopped.id,
            told=drafts.leave_errand(session, pack(told), now + timedelta(days=1)),
            thanked=thanked.answer.id,
            learning=arrives.subject,
            peer=drafts.keep(session, private, "peer", {"entry": "item.1", "answers": NOTE}, now),
            note=_waiting_note(session, now),
            receipt=peer_notes.leave(session, "item.1", Said("手紙を置く"), now, Rules()),
            gap=_gap(session, now),
            edition=_a_draft(session, now),
            dialogs={
                form.name: (drafts.keep(session, private, "dialog", content(form, {}), now), answers)
                for form, answers in filled
            },
        )

    return await world.house.database.write(make)


def _waiting_note(session: Session, now: datetime) -> str:
    """Beside one that everybody reads already."""
    due, until = occurrences.due, now + peer_notes.ARRIVES_WITHIN
    before = due(session, until)
    for _ in range(2):
        peer_notes.leave(session, "item.1", Said(**NOTE), now, Rules())
    shown, waits = (each for each in due(session, until) if each.kind == peer_notes.ARRIVES and each not in before)
    for each in (shown, waits):
        occurrences.forget(session, each)
        peer_notes.arrive(session, each.subject)
    peer_notes.release(session, shown.subject)
    return waits.subject


def _gap(session: Session, now: datetime) -> str:
    sealed = session.keys.box.seal("家族会の探し方".encode(), "gap:question")
    session.insert_once(Gap, id="question", month=f"{now:%Y-%m}", body=sealed)
    return "question"


def _a_draft(session: Session, now: datetime) -> str:
    """After two that were published, so that there is one to go back to."""
    passage = editions.Passage("ポイント1", "ポイント1", "3", "先に電話をします。")
    made = [
        editions.add(session, "手引き", "text", 0, secrets.token_hex(), [passage], now + timedelta(seconds=number))
        for number in range(3)
    ]
    for number, each in enumerate(made[:2]):
        editions.publish(session, each, now + timedelta(seconds=number))
    return made[2]


def _is_learning(occurrence: Occurrence) -> bool:
    return occurrence.kind == learnings.ARRIVES


def _private(person: Person) -> Address:
    return Address(person.platform.name, "team", person.id)
