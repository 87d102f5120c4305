"""Decides from the ledgers and the database alone: nothing lost, doubled, out of order, shown to the wrong person, or
half done."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.canaries import answers_in, reminders_in, worries_in
from tests.faults.facts import Facts, Said

BLIND = "telegram"
"""Nobody can look there whether a letter has arrived: a copy is allowed, and has to say that it may be one."""


@dataclass
class Verdict:
    """wrong: everything, in words. The others count what reliability.md promises to be nothing, and what it allows."""

    wrong: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def say(self, kind: str, words: str) -> None:
        self.counted[kind] += 1
        if len(self.wrong) < 200:
            self.wrong.append(f"{kind}: {words}")


Places = dict[int, dict[str, list[Said]]]
"""Number in the words to the messages that show it, by chat."""


def judge(facts: Facts, *, one_writer: bool = True) -> Verdict:
    """one_writer: one process at a time put letters, so that their numbers tell the order; where several did, they are
    numbered before they are committed."""
    verdict = Verdict()
    worries, answers = _standing(facts)
    _worries(facts, worries, verdict)
    _answers(facts, worries, answers, verdict)
    _closings(facts, worries, verdict)
    _leaks(facts, verdict)
    _read(facts, answers, verdict)
    _reminders(facts, verdict)
    if one_writer:
        _order(facts, worries, verdict)
    _rows(facts, verdict)
    if verdict.counted["telegram_twins"] > facts.doubtful:
        verdict.say("doubled", f"{verdict.counted['telegram_twins']} marked copies, {facts.doubtful} sends in doubt")
    return verdict


def _standing(facts: Facts) -> tuple[Places, Places]:
    worries: Places = defaultdict(lambda: defaultdict(list))
    answers: Places = defaultdict(lambda: defaultdict(list))
    for each in facts.said:
        if each.chat in facts.places:
            for number in worries_in(each.words):
                worries[number][each.chat].append(each)
            for number in answers_in(each.words):
                answers[number][each.chat].append(each)
    return worries, answers


def _worries(facts: Facts, worries: Places, verdict: Verdict) -> None:
    confirmed = set(facts.confirmed)
    for number, (_, places) in facts.pressed.items():
        there = worries.get(number, {})
        if number in confirmed:
            for place in places:
                if place not in there:
                    verdict.say("lost", f"worry {number} in {place}")
        elif there and set(there) != set(places):
            verdict.say("half done", f"worry {number} in {len(there)} of {len(places)} places")
        for place in set(there) - set(places):
            verdict.say("astray", f"worry {number} in {place}")
    for number in worries.keys() - facts.pressed.keys():
        verdict.say("astray", f"worry {number} was never let go")
    for number, there in worries.items():
        for said in there.values():
            _once(f"worry {number}", said, verdict)


def _once(what: str, said: list[Said], verdict: Verdict) -> None:
    """A copy in Telegram says that it may be one."""
    for copy in said[1:]:
        if copy.platform == BLIND:
            verdict.counted["telegram_twins"] += 1
            verdict.counted["telegram_twins_marked"] += copy.marked
        else:
            verdict.counted["slack_twins"] += 1
        if copy.platform != BLIND or not copy.marked:
            verdict.say("doubled", f"{what} in {copy.chat}")
    if any(each.marked and each.platform != BLIND for each in said):
        verdict.say("needlessly marked", what)


def _answers(facts: Facts, worries: Places, answers: Places, verdict: Verdict) -> None:
    """In every place of the worry or in none; one that was taken, in all; and under the worry it answers."""
    for number, (worry, _) in facts.answering.items():
        if worry not in facts.pressed:  # told as astray already
            continue
        there, places = answers.get(number, {}), facts.pressed[worry][1]
        if (there or number in facts.answered) and set(there) != set(places):
            kind = "lost" if number in facts.answered else "half done"
            verdict.say(kind, f"answer {number} in {len(there)} of {len(places)} places")
        for place, said in there.items():
            _once(f"answer {number}", said, verdict)
            posts = {each.reference for each in worries.get(worry, {}).get(place, [])}
            if any(each.under and each.under not in posts for each in said):
                verdict.say("misattributed", f"answer {number} stands under something else than worry {worry}")
    for number in answers.keys() - facts.answering.keys():
        verdict.say("astray", f"answer {number} was never given")


def _closings(facts: Facts, worries: Places, verdict: Verdict) -> None:
    """Its author's closing shows in every place; nobody else's press closes anything."""
    for number in facts.closed:
        for place, said in worries.get(number, {}).items():
            if not said[-1].closed and not any(each.closed for each in said):
                verdict.say("lost", f"the closing of worry {number} in {place}")
    for number, there in worries.items():
        if number not in facts.closing and any(each.closed for said in there.values() for each in said):
            by = "after somebody else's press" if number in facts.intruded else "by nobody"
            verdict.say("misattributed", f"worry {number} was closed {by}")


def _leaks(facts: Facts, verdict: Verdict) -> None:
    """What one person alone is shown is theirs; and no message to all names anybody."""
    for shown in facts.shown:
        for number in worries_in(shown.words):
            if facts.pressed.get(number, (shown.person, ()))[0] != shown.person:
                verdict.say("misattributed", f"worry {number} was shown to {shown.person}")
        for number in answers_in(shown.words):
            worry, _ = facts.answering[number]
            if facts.pressed.get(worry, (shown.person, ()))[0] != shown.person:
                verdict.say("misattributed", f"answer {number} was shown to {shown.person}")
    for each in facts.said:
        if each.chat in facts.places and any(person in each.words for person in facts.persons):
            verdict.say("leaked", f"an id in {each.chat}")


def _read(facts: Facts, answers: Places, verdict: Verdict) -> None:
    """Every answer reached who asked, unless they closed the worry first, or gave it themselves."""
    reached = {(number, shown.person) for shown in facts.shown for number in answers_in(shown.words)}
    for number, (worry, writer) in facts.answering.items():
        author = facts.pressed.get(worry, (writer, ()))[0]
        if number in answers and worry not in facts.closing and author != writer and (number, author) not in reached:
            verdict.say("lost", f"answer {number} did not reach the author of worry {worry}")


def _reminders(facts: Facts, verdict: Verdict) -> None:
    """Once to each who comes; where nobody can look, rather not at all than twice."""
    came: Counter[tuple[int, str]] = Counter()
    chats = {chat: person.isdecimal() for person, chat in facts.persons.items()}
    for each in facts.said:
        came.update((number, each.chat) for number in reminders_in(each.words))
    given_up = 0
    for number, recipients in facts.reminders.items():
        for chat in recipients:
            given_up += (number, chat) not in came and chats[chat]
            if (number, chat) not in came and not chats[chat]:
                verdict.say("lost", f"reminder {number} in {chat}")
    for (number, chat), times in came.items():
        if times > 1 or chat not in facts.reminders[number]:
            verdict.say("doubled" if times > 1 else "astray", f"reminder {number} in {chat}")
    verdict.counted["reminders_given_up"] = given_up
    unknown = facts.rows["outbox"].get("unknown", 0)
    if given_up > unknown or unknown > facts.doubtful:
        verdict.say("lost", f"{given_up} reminders, {unknown} of them knowingly, {facts.doubtful} sends in doubt")


def _order(facts: Facts, worries: Places, verdict: Verdict) -> None:
    """Letters stand in a chat in the order in which they were promised."""
    for chat, letters in _by_chat(facts).items():
        _rising([(each.reference, facts.order[each.key]) for each in letters if each.key in facts.order], chat, verdict)
    promised = {number: facts.order[said[0].key] for number, there in worries.items()
                for said in there.values() if said[0].key in facts.order}  # fmt: skip
    for chat in facts.places:
        there = [(int(said[0].reference), promised[number]) for number, by_chat in worries.items()
                 if number in promised and (said := by_chat.get(chat)) and said[0].platform == BLIND]  # fmt: skip
        _rising([(str(reference), place) for reference, place in sorted(there)], chat, verdict)


def _by_chat(facts: Facts) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for each in facts.said:
        if each.key and each.chat in facts.places:
            found[each.chat].append(each)
    return found


def _rising(letters: list[tuple[str, int]], chat: str, verdict: Verdict) -> None:
    highest = -1
    for reference, place in letters:
        if place < highest:
            verdict.say("out of order", f"{reference} in {chat}")
        highest = max(highest, place)


def _rows(facts: Facts, verdict: Verdict) -> None:
    for place in _unexpected(facts):
        verdict.say("left behind", place)
    unconfirmed = facts.pressed.keys() - set(facts.confirmed)
    expected = len(facts.pressed) - len(unconfirmed)
    stored = sum(facts.rows["worries"].values())
    if not expected <= stored <= expected + len(unconfirmed):
        verdict.say("rows", f"{stored} worries, {expected} were taken")
    closed = facts.rows["worries"].get("closed", 0)
    if not len(facts.closed) <= closed <= len(facts.closing):
        verdict.say("rows", f"{closed} worries closed, {len(facts.closed)} by their authors")
    if facts.rows["keys"].get("all", 0) != stored - closed:
        verdict.say("rows", "a key outlived its worry, or a worry its key")
    if facts.rows["members"].get("all", 0) != len(facts.persons):
        verdict.say("rows", f"{facts.rows['members']} members of {len(facts.persons)}")


def _unexpected(facts: Facts) -> Iterator[str]:
    settled = {"inbox": {"done"}, "outbox": {"delivered", "unknown"}, "reminders": {"done"}}
    for name, well in settled.items():
        for state, number in facts.rows[name].items():
            if state not in well:
                yield f"{number} {state} in {name}"
