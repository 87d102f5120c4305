"""What is kept of one person as JSON, in pages: each can be shown whole on every platform, and read by itself."""

import json
from collections.abc import Iterator
from typing import Any

from bot.store.everything import Everything
from bot.views.text import Text

PAGE = 3_500
"""Characters; one Telegram message holds 4,096 units, and a worry at most 1,000 characters."""

Item = tuple[str, Any]


def pages(text: Text, kept: Everything, *, role: str, since: str, said: str = "") -> list[str]:
    """said: where they work and what they are, in words."""
    head: dict[str, Any] = {text("mydata.export.role"): text(f"mydata.role.{role}"), text("mydata.export.since"): since}
    head |= {text("people.title"): said} if said else {}
    found = [head]
    for section, value in _items(text, kept):
        longer = {**found[-1], section: [*found[-1].get(section, ()), value]}
        if len(_written(longer)) > PAGE:
            longer = {section: [value]}
            found.append(longer)
        else:
            found[-1] = longer
    return [_written(page) for page in found]


def _written(page: dict[str, Any]) -> str:
    return json.dumps(page, ensure_ascii=False, indent=1)


def _items(text: Text, kept: Everything) -> Iterator[Item]:
    name, words = text("mydata.export.name"), text("mydata.export.text")
    for worry in kept.worries:
        about = {name: text.pseudonym(worry.pseudonym), text("mydata.export.opened"): text.day(worry.opened_at)}
        yield text("mydata.export.worries"), {**about, words: worry.text}
    for answer in kept.answers:
        number = str(answer.number) if answer.number else text("mydata.export.aside")
        about = {name: text.pseudonym(answer.pseudonym), text("mydata.export.number"): number}
        called = {text("mydata.export.called"): answer.name} if answer.name else {}
        yield text("mydata.export.answers"), {**about, **called, words: answer.text}
    for given in kept.names:
        about = {name: text.pseudonym(given.pseudonym), text("mydata.export.called"): given.name}
        yield text("mydata.export.names"), about
    for vote in kept.votes:
        when = {text("mydata.export.when"): text.when(vote.starts_at)}
        said = {text("mydata.export.said"): text(f"conference.vote.{vote.value}")}
        yield text("mydata.export.votes"), {text("mydata.export.theme"): vote.theme, **when, **said}
    for day in kept.duties:
        yield text("mydata.export.duties"), day
    if kept.line:
        yield text("mydata.export.line"), kept.line
    for draft in kept.drafts:
        yield text("mydata.export.drafts"), draft
