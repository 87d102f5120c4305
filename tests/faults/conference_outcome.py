"""What came of a conference: its rows and the letters that stand on the platforms, the same in every telling of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from bot.chat.messages import Message
from bot.store import conference_models as models
from bot.store import items
from bot.store.keyed import table_of
from bot.store.models import Draft, ItemKey, Member, Occurrence, Outbox, Tombstone
from bot.store.session import Session
from tests.world import Posted, spoken

TOLD: tuple[type[SQLModel], ...] = (
    models.Conference,
    models.Slot,
    models.Vote,
    models.Participant,
    models.ConferenceRole,
    models.Sheet,
    models.MeetingNote,
    models.Series,
    Occurrence,
)
COUNTED: tuple[type[SQLModel], ...] = (Member, Draft, ItemKey, Tombstone)
AT_RANDOM = {models.Participant: ("id",), Occurrence: ("token",)}
"""Nobody else names a row by these."""

_UNSETTLED = ("ready", "doubtful", "sending")


@dataclass(frozen=True)
class Told:
    """What reached people: posts, what they were answered at once, and under which keys letters were sent."""

    posts: Sequence[Posted]
    answers: Sequence[tuple[str, Message]]
    keys: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """rows: by table. letters: by place and words, how many stand there; answers: what was answered at once.
    twice: letters sent more than once."""

    rows: dict[str, list[str]]
    letters: Counter[str]
    answers: Counter[str]
    twice: int
    unsettled: int

    def differs(self, calm: "Outcome") -> list[str]:
        """Nothing where both lives came to the same. An answer whose process died comes as a letter instead."""
        found = [f"sent twice: {self.twice}"] if self.twice else []
        found += [f"unsettled: {self.unsettled}, not {calm.unsettled}"] if self.unsettled != calm.unsettled else []
        for name in sorted({*self.rows, *calm.rows}):
            found += _apart(name, Counter(self.rows.get(name, ())), Counter(calm.rows.get(name, ())))
        return found + _apart("letter", self.letters - self._late_answers(calm), calm.letters)

    def _late_answers(self, calm: "Outcome") -> Counter[str]:
        """A letter may say a little more than the answer: where to wipe what stands above it."""
        left, late = calm.answers.copy(), Counter[str]()
        for letter in (self.letters - calm.letters).elements():
            answer = next((each for each in +left if letter.startswith(each.rstrip())), None)
            if answer is not None:
                left[answer] -= 1
                late[letter] += 1
        return late


def _apart(name: str, ours: Counter[str], calm: Counter[str]) -> list[str]:
    return [f"{name} lost: {each}" for each in calm - ours] + [f"{name} too many: {each}" for each in ours - calm]


def outcome(session: Session, known: Mapping[str, str], told: Told) -> Outcome:
    """known: what is named by an id made at random."""
    names = {**known, **_things(session)}
    rows = {table_of(model).name: sorted(_rows(session, model, names)) for model in TOLD}
    rows |= {table_of(model).name: [str(session.scalar(select(func.count()).select_from(model)))] for model in COUNTED}
    open_ = select(func.count()).select_from(Outbox).where(col(Outbox.state).in_(_UNSETTLED))
    letters = Counter(_said(post.address.channel, post.message, names) for post in told.posts)
    answers = Counter(_said(where, message, names) for where, message in told.answers)
    twice = len(told.keys) - len({*told.keys})
    return Outcome(rows, letters, answers, twice, int(session.scalar(open_) or 0))


def _said(where: str, message: Message, names: Mapping[str, str]) -> str:
    return _plain(f"{where}: {spoken(message)}", names)


def _things(session: Session) -> dict[str, str]:
    """Sheets and notes by what is in them, which is said of them wherever they are named."""
    box, found = session.keys.box, dict[str, str]()
    for row in session.rows(select(table_of(models.MeetingNote))):
        words = box.open(row.body, f"meeting_note:{row.id}").decode()
        found |= {row.id: f"note「{words}」"} if words else {}
    for row in session.rows(select(table_of(models.Sheet))):
        item = items.find(session, row.id)
        found[row.id] = f"sheet「{item.open(row.content, 'sheet')}」" if item else "sheet without a key"
    return found


def _rows(session: Session, model: type[SQLModel], names: Mapping[str, str]) -> list[str]:
    left_out = AT_RANDOM.get(model, ())
    rows = session.rows(select(table_of(model)))
    return [
        _plain(str({name: value for name, value in row._mapping.items() if name not in left_out and value is not None
                    and not isinstance(value, bytes)}), names)
        for row in rows
    ]  # fmt: skip


def _plain(words: str, names: Mapping[str, str]) -> str:
    for random, name in names.items():
        words = words.replace(random, name)
    return words
