"""Builds the default encoder into a folder: python -m bot.knowledge.build DIR, one line for every step."""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from bot.knowledge import ginza_vectors
from bot.knowledge.encoder_folder import is_current, write_fingerprint
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.weighting import weigh

STEPS = ("words", "weights", "model", "save")
ABANDONED_AFTER_SECONDS = 3_600


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stdout.write("usage: python -m bot.knowledge.build DIR\n")
        return 2
    try:
        build(Path(arguments[0]))
    except KnowledgeUnavailable as error:
        sys.stdout.write(f"problem {error.problem}\nfix {error.fix}\n")
        return 1
    return 0


def build(folder: Path) -> None:
    """Built beside its place and moved there whole, so that nobody ever sees half an encoder."""
    _say(1)
    words = ginza_vectors.read()
    _say(2)
    weighted = weigh(words)
    _say(3)
    from bot.knowledge.sentence_model import BagOfWords, assemble

    model = assemble(BagOfWords(weighted))
    _say(4)
    folder.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{folder.name}-"
    _sweep(folder.parent, prefix)
    workplace = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        model.save(str(workplace / "new"), create_model_card=False)
        write_fingerprint(workplace / "new")
        _put(workplace / "new", folder, workplace / "old")
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _put(new: Path, folder: Path, old: Path) -> None:
    if is_current(folder):
        return
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if not is_current(folder):
            raise


def _sweep(parent: Path, prefix: str) -> None:
    """Workplaces of builders that were killed."""
    for left in parent.glob(prefix + "*"):
        if time.time() - left.stat().st_mtime > ABANDONED_AFTER_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _say(number: int) -> None:
    sys.stdout.write(f"step {number}/{len(STEPS)} {STEPS[number - 1]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
