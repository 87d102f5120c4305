"""Has a document read in a process of its own, while everybody else is served."""

import asyncio
import json
import os
import signal
import stat
import sys
from pathlib import Path

from bot.knowledge.documents.shape import MOST_BYTES, Document, Passage, Unreadable

LONGEST_SECONDS = 180.0
"""By the clock on the wall, on a machine that has other things to do."""

_MOST_ANSWER = 256 * 1024 * 1024
_HANDED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""Of the environment: no token and no setting."""


def content_of(path: Path) -> bytes:
    """A plain file of a sensible size, and nothing that never ends. Raises Unreadable."""
    try:
        door = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise Unreadable("missing") from None
    try:
        about = os.fstat(door)
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable("no_file")
        if about.st_size > MOST_BYTES:
            raise Unreadable("too_big")
        with os.fdopen(door, "rb", closefd=False) as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise Unreadable("missing") from None
    finally:
        os.close(door)


async def read_apart(name: str, content: bytes, seconds: float = LONGEST_SECONDS) -> Document:
    """name: its ending tells what it should be. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_big")
    command = [sys.executable, "-m", "bot.knowledge.documents.child", Path(name).name or "file"]
    child = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={key: os.environ[key] for key in _HANDED_ON if key in os.environ},
        cwd=Path(__file__).parents[3],
    )
    try:
        answer, _ = await asyncio.wait_for(child.communicate(content), seconds)
    except TimeoutError:
        raise Unreadable("too_slow") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _document(answer, child.returncode or 0)


def _document(answer: bytes, ended: int) -> Document:
    if ended in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unreadable("too_slow")
    if ended or len(answer) > _MOST_ANSWER:
        raise Unreadable("too_heavy" if ended in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGTRAP) else "broken")
    try:
        found = json.loads(answer)
        if "refused" in found:
            raise Unreadable(str(found["refused"]))
        passages = tuple(Passage(*map(str, each)) for each in found["passages"])
        return Document(str(found["title"]), found["kind"], int(found["pages"]), passages)
    except (ValueError, KeyError, TypeError):
        raise Unreadable("broken") from None
