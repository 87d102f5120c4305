"""kill -9 at the moments of erasing: after a restart nothing of the person is left, and a day later nowhere."""

import asyncio
import shutil
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.app.mirror import NAME
from bot.chat.moments import Moment
from bot.store import darkening
from bot.store.models import Answer
from bot.store.session import Session
from tests.faults import leaving, leavings

KINDS = (
    Moment.STORED,
    Moment.HANDLING,
    Moment.ERASED,
    f"before {NAME}",
    Moment.FALLING_DUE,
    Moment.SENT,
)
"""tests/faults/full/erasing.py plays every one of them, each time it is passed."""


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leaving") / "community"
    asyncio.run(leaving.prepare(folder))
    return folder


@pytest.fixture(scope="module")
def passed(community: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return leavings.passed(community, tmp_path_factory.mktemp("undisturbed") / "case")


def test_before_she_leaves_all_of_it_is_there_to_be_found(community: Path) -> None:
    sealed = {each.partition(": ")[2] for each in leaving.hits(community)}
    assert len(sealed) > 8


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_leaves_nothing_of_whoever_leaves(community: Path, passed: list[str], tmp_path: Path, kind: str) -> None:
    assert leavings.killed_at(community, tmp_path / "case", passed.index(kind) + 1) == []


async def test_the_search_would_notice_an_answer_that_is_only_hidden(
    community: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_the_address(session: Session, _: str) -> None:
        session.run(update(Answer).values(return_address=b""))

    monkeypatch.setattr(darkening, "silence_answer", only_the_address)
    shutil.copytree(community, tmp_path / "case")
    await leaving.leave(tmp_path / "case")
    assert [each for each in leavings.complaints(tmp_path / "case") if each.startswith("left at the end")]
