"""The words: the same in both languages, each of them used, none in the code, and none that promises too much."""

import ast
import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.telegram.introduction import ALONE, FOR_ADMINISTRATORS
from bot.chat.messages import FieldKind
from bot.handlers.unanswered import CALLED
from bot.knowledge.build import STEPS
from bot.knowledge.documents.shape import REASONS as UNREADABLE
from bot.knowledge.points import load
from bot.language import repeating
from bot.language.danger import Level
from bot.language.dates_days import Question
from bot.language.spans import Kind
from bot.language.typical_times import PATTERNS
from bot.store import (
    aftermath,
    agenda,
    conference_roles,
    editions,
    meeting_notes,
    proposals,
    sheets,
    step_windows,
    talks,
)
from bot.store.acts import What
from bot.store.areas import PREFECTURES, REGIONS, WORKS
from bot.store.conference_overview import GROUPS
from bot.store.conferences import ANSWERS
from bot.store.conferences import KINDS as CONFERENCE_KINDS
from bot.store.mailroom import Outcome
from bot.store.meeting_notes import SAID
from bot.store.members import Role
from bot.store.pseudonyms import BIRDS, PLANTS
from bot.store.reports import REASONS
from bot.store.reviews import DANGER, QUESTION, REPORTS, WHYS
from bot.store.rota import State
from bot.store.told import WISHES
from bot.store.worries import LIVING
from bot.views import case_forms, quarter
from bot.views.cards.conference_polls import DAYS
from bot.views.cards.following_up import OFFERS
from bot.views.cards.moderation import WHOM
from bot.views.cards.promises import PROMISES
from bot.views.conference_meeting_forms import BY_WHOM
from bot.views.months import COLUMNS
from bot.views.text import LANGUAGES, Text, words
from tests.sample_cards import every_message
from tests.source import BOT, ROOT, called, docstrings, in_repository, python_files, repository_files, tree

LOCALES = BOT / "views" / "locales"
HANDBOOK = BOT / "knowledge" / "handbook"
LONGEST_LABEL = 75
"""Slack's limit for the text of a button."""

COMPUTED: dict[str, set[str]] = {
    "cli.checking.kind.": set(Kind),
    "cli.checking.level.": set(Level),
    "community.column.": {"month", *COLUMNS},
    "cli.doctor.": {
        "folder",
        "key",
        "database",
        "sealed",
        "waiting",
        "clock",
        "model",
        "hotlines",
        "slack",
        "telegram",
    },
    "cli.encoder.": set(STEPS),
    "cli.outbox.column.": {"id", "platform", "kind", "state", "attempts", "doubts", "moment", "reason"},
    "cli.outbox.outcome.": set(get_args(Outcome)),
    "cli.when.question.": set(get_args(Question)),
    "conference_changes.noted.": {"coming", "waiting", "absent"},
    "conference_dates.reason.": set(proposals.REASONS),
    "conference_dates.refused.": set(proposals.WHYS),
    "conference_dates.why.": set(proposals.WHYS),
    "conference.meant.": set(get_args(Question)),
    "conference_meeting.field.": set(SAID),
    "conference_meeting.heading.": set(meeting_notes.KINDS),
    "conference_meeting.kind.": set(SAID),
    "conference_meeting.more.": set(meeting_notes.KINDS),
    "conference_meeting.part.": set(agenda.NAMES),
    "conference_steps.role.": set(BY_WHOM),
    "conference_steps.window.": set(step_windows.NAMES),
    "conference_polls.in_": {str(days) for days in DAYS},
    "conference_polls.offered.": set(get_args(Question)),
    "conference_polls.pattern.": {each.name for each in PATTERNS},
    "conference.unclear.": set(get_args(Question)),
    "conference.vote.": set(ANSWERS),
    "conference.": set(CONFERENCE_KINDS),
    "conference_overview.column.": set(quarter.COLUMNS),
    "conference_overview.count.": set(quarter.SHOWN),
    "conference_overview.group.": set(GROUPS),
    "conference_series.date.": {"open", "holiday", "exception", "answered"},
    "conference_series.every.": {"week", "other_week", "month"},
    "conference_series.nth.": {"1", "2", "3", "4", "5", "last"},
    "conference_series.weekday.": set(repeating.DAYS),
    "conference_votes.mark.": set(ANSWERS),
    "conference_after.answer.": set(aftermath.ANSWERS),
    "conference_roles.line.": set(conference_roles.STATES),
    "conference_roles.name.": set(conference_roles.ROLES),
    "conference_seats.attended.": {"there", "late"},
    "conference_seats.said.": {"there", "late"},
    "conference_sheet.field.": set(case_forms.ASKED),
    "conference_sheet.head.": set(case_forms.ASKED),
    "conference_sheet.of.": {f"{name}.{value}" for name, values in sheets.BANDS.items() for value in values},
    "console.dialog.how.": set(get_args(FieldKind)),
    "console.people.": {"dialogs", "questions", Role.STRANGER, Role.SUPPORTER, Role.COORDINATOR},
    "duty.mine.": set(get_args(State)),
    "editions.refused.": set(UNREADABLE),
    "editions.state.": set(get_args(editions.State)),
    "following_up.offer.": set(OFFERS),
    "following_up.way.": set(OFFERS),
    "gap.platform.": {"slack", "telegram", "console"},
    "handbook.kind.": {
        *(entry.kind for language in LANGUAGES for entry in load(HANDBOOK, language)),
        *("passage", "peer"),
    },
    "language.": set(LANGUAGES),
    "moderation.called.": set(WHYS),
    "moderation.decided.": {"stopped", "restored", "left"},
    "moderation.did.": set(get_args(What)),
    "moderation.held_for.": {*REASONS, REPORTS, DANGER, QUESTION},
    "moderation.pause.": set(WHOM),
    "moderation.state.": set(LIVING),
    "mydata.role.": {Role.SUPPORTER, Role.COORDINATOR, Role.OPERATOR},
    "talk.state.": set(get_args(talks.State)),
    "telegram.commands.": {*ALONE, *FOR_ADMINISTRATORS},
    "promises.": {f"{name}.{part}" for name in PROMISES for part in ("title", "words", "limits")},
    "people.area.": {*PREFECTURES, *REGIONS},
    "people.work.": set(WORKS),
    "pseudonyms.": {*PLANTS, *BIRDS},
    "report.reason.": set(REASONS),
    "unanswered.status.": set(CALLED),
    "worry.wish.": set(WISHES),
}
"""Keys whose end is known only while the bot runs, and everything it can be."""

NAMES_OF_THINGS = {"Button", "Form", "press", "submit"}
"""Their actions and names look like keys and are none."""

JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")
WHERE_LINES_BREAK = {"_NOT_FIRST", "_NOT_LAST"}
"""Sets of single characters for Japanese line breaking: no words."""

TOO_MUCH = re.compile(
    "完全(?:に|な)?匿名|絶対に(?:わか|ばれ)|(?:complete|total|full|perfect|absolute)(?:ly)? anonym",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Use:
    """One place in bot/ that speaks. ending: whether the key goes on with something computed."""

    where: str
    key: str
    ending: bool
    given: frozenset[str] | None
    """The placeholders given with it; None where the call does not show them."""


def uses() -> list[Use]:
    return [use for path in python_files("bot") for use in uses_in(path)]


def uses_in(path: Path) -> Iterator[Use]:
    stems = "|".join(file.stem for file in LOCALES.glob("ja/*.toml"))
    shape = re.compile(rf"(?:{stems})\.[\w.]*")
    module = tree(path)
    parents = {child: node for node in ast.walk(module) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(module):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and shape.fullmatch(node.value)):
            continue
        parent = parents[node]
        ending = isinstance(parent, ast.JoinedStr)
        while isinstance(parent, ast.JoinedStr | ast.IfExp):
            parent = parents[parent]
        if speaks(parent):
            yield Use(f"{in_repository(path)}:{node.lineno}", node.value, ending, placeholders_given(parent))


def speaks(parent: ast.AST) -> bool:
    match parent:
        case ast.Call():
            return called(parent) not in NAMES_OF_THINGS
        case ast.Assign(targets=[ast.Name("key")]) | ast.Return():
            return True
    return False


def placeholders_given(parent: ast.AST) -> frozenset[str] | None:
    if not isinstance(parent, ast.Call) or called(parent) not in {"text", "words", "line", "Refused", "tell", "note"}:
        return None
    given = [each.arg for each in parent.keywords]
    return None if None in given else frozenset(filter(None, given))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert words("ja").keys() == words("en").keys()


@pytest.mark.parametrize("key", sorted(words("ja")))
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    assert placeholders(words("ja")[key]) == placeholders(words("en")[key])
    assert words("ja")[key].strip() and words("en")[key].strip()


def test_every_key_that_is_spoken_exists() -> None:
    missing = [use for use in uses() if not use.ending and use.key not in words("ja")]
    assert missing == []


def test_every_computed_key_exists() -> None:
    assert {use.key for use in uses() if use.ending} == set(COMPUTED)
    ends = [prefix + end for prefix, values in COMPUTED.items() for end in values]
    assert [key for key in ends if key not in words("ja")] == []


def test_every_key_is_spoken() -> None:
    spoken = {use.key for use in uses() if not use.ending}
    spoken |= {prefix + end for prefix, values in COMPUTED.items() for end in values}
    assert sorted(set(words("ja")) - spoken) == []


def test_what_is_spoken_gets_its_placeholders_and_no_others() -> None:
    for use in uses():
        if use.given is not None and not use.ending:
            asked = placeholders(words("ja")[use.key])
            assert asked <= use.given, f"{use.where}: {use.key} needs {asked - use.given}"
            assert use.given - {"field"} <= asked | {"field"}, f"{use.where}: {use.key} has no {use.given - asked}"


@pytest.mark.parametrize("path", python_files("bot"), ids=in_repository)
def test_no_japanese_words_stand_in_the_code(path: Path) -> None:
    if path.is_relative_to(BOT / "language"):
        return
    module = tree(path)
    allowed = docstrings(module)
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=[ast.Name(name)]) if name in WHERE_LINES_BREAK:
                allowed |= {each for each in ast.walk(node.value) if isinstance(each, ast.Constant)}
    said = [each for each in ast.walk(module) if isinstance(each, ast.Constant) and each not in allowed]
    assert [each.value for each in said if isinstance(each.value, str) and JAPANESE.search(each.value)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pseudonym_has_a_word_of_its_own(language: str) -> None:
    names = [words(language)[f"pseudonyms.{code}"] for code in (*PLANTS, *BIRDS)]
    assert len(names) == len(set(names)) == len(set(PLANTS) | set(BIRDS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_can_be_read_whole(language: str) -> None:
    messages = every_message(Text(language, ZoneInfo("Asia/Tokyo")), load(HANDBOOK, language))
    labels = {button.label for message in messages for button in message.buttons}
    assert len(labels) > 40
    assert [label for label in labels if len(label) > LONGEST_LABEL] == []


@pytest.mark.parametrize("path", sorted(LOCALES.rglob("*.*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_word_hides_an_unseen_character(path: Path) -> None:
    content = path.read_text("utf-8")
    unseen = {char for char in content if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}}
    assert unseen <= {"\n"}
    assert not re.search(r"\\[uUbfr]", content), "an escape would hide what is meant"


def test_nothing_promises_more_than_we_can_keep() -> None:
    told = (".md", ".toml", ".scene", ".py", ".example")
    files = [path for path in repository_files() if path.suffix in told and not path.is_relative_to(ROOT / "tests")]
    assert ROOT / "bot" / "views" / "locales" / "ja" / "welcome.toml" in files
    assert [in_repository(path) for path in files if TOO_MUCH.search(path.read_text("utf-8"))] == []
