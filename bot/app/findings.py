"""What an examination finds: one line per part, with the problem and the fix where something is wrong."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.views.text import Text

Part = tuple[str, Callable[[Settings], str]]
"""Its name, a key of cli.toml, and a look at it that says a detail or raises Misconfigured."""


@dataclass(frozen=True, slots=True)
class Finding:
    """problem and fix are empty when all is well."""

    name: str
    detail: str = ""
    problem: str = ""
    fix: str = ""


async def report(settings: Settings, parts: Sequence[Part], decisive: str) -> int:
    """Prints one line per part; 1 when anything is wrong. decisive: without it the parts after it tell nothing."""
    text = Text(settings.language, settings.zone)
    findings: list[Finding] = []
    for name, look in parts:
        finding = await asyncio.to_thread(_look, name, look, settings)
        findings.append(finding)
        if name == decisive and finding.problem:
            break
    for finding in findings:
        sys.stdout.write(_line(text, finding))
    return 1 if any(finding.problem for finding in findings) else 0


def _line(text: Text, finding: Finding) -> str:
    name = text(f"cli.doctor.{finding.name}")
    if finding.problem:
        return f"✗ {name}: {finding.problem}\n    {text('cli.fix')}: {finding.fix}\n"
    return f"✓ {name}{': ' if finding.detail else ''}{finding.detail}\n"


def _look(name: str, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(name, look(settings))
    except Misconfigured as error:
        return Finding(name, problem=f"{error.setting}: {error.problem}", fix=error.fix)
