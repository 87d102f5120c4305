"""Finds what identifies by its form: telephones, mails, links, days of birth, numbers and accounts."""

from collections.abc import Iterator

from bot.language import details_patterns_accounts as accounts
from bot.language import details_patterns_contacts as contacts
from bot.language import details_patterns_numbers as numbers
from bot.language.details_patterns_rules import Rule, stretch
from bot.language.folding import fold
from bot.language.spans import Span

HIDDEN = "\x00"

# What stands first takes its stretch, so the surest form comes first.
_RULES = (
    *contacts.RULES,
    *numbers.BIRTHDATES,
    *accounts.RULES[:3],
    *numbers.NUMBERS,
    *contacts.TELEPHONES,
    *accounts.RULES[3:],
    *numbers.LONE_NUMBERS,
)


def find(text: str) -> list[Span]:
    """What identifies somebody by its form, in the order of writing; of any text."""
    folded = fold(text)
    plain = folded.text
    found = []
    for rule in _RULES:
        stretches = list(_stretches(rule, plain))
        found += [Span(*folded.place(start, end), rule.kind) for start, end in stretches]
        plain = _hidden(plain, stretches)
    return sorted(found, key=lambda span: span.start)


def _stretches(rule: Rule, plain: str) -> Iterator[tuple[int, int]]:
    for match in rule.pattern.finditer(plain):
        start, end = stretch(match)
        if 0 <= start < end and HIDDEN not in plain[start:end] and rule.holds(match):
            yield _in_brackets(plain, start, end)


def _in_brackets(plain: str, start: int, end: int) -> tuple[int, int]:
    """A bracket whose other half stands outside is not part of the detail."""
    if plain[start] == "(" and ")" not in plain[start:end]:
        start += 1
    if "(" not in plain[start:end]:
        end = start + len(plain[start:end].rstrip(")"))
    return start, end


def _hidden(plain: str, stretches: list[tuple[int, int]]) -> str:
    """A detail that was found stands in no other rule's way; its neighbours keep their context."""
    pieces, done = [], 0
    for start, end in stretches:
        pieces += [plain[done:start], HIDDEN * (end - start)]
        done = end
    return "".join(pieces) + plain[done:]
