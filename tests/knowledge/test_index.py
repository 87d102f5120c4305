"""Search: nothing anyone types breaks it, what the handbook itself says is found, and it never holds up the loop."""

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.embedding import Embedder, HashEmbedder
from bot.knowledge.encoder import WordEncoder
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.handbook import BUNDLED, Handbook, outside
from bot.knowledge.index import Index
from bot.knowledge.points import load

HEAVY = ("numpy", "torch", "bm25s", "sudachipy", "sentence_transformers", "scipy", "murmurhash")
NO_THRESHOLD = float("-inf")


@pytest.fixture(scope="module")
def indexes(encoder: WordEncoder) -> dict[str, Index]:
    return {
        "ja": Index(load(BUNDLED, "ja"), outside("ja"), encoder),
        "ja by words": Index(load(BUNDLED, "ja"), outside("ja")),
        "ja by a tiny encoder": Index(load(BUNDLED, "ja"), outside("ja"), HashEmbedder(), calibrated=False),
        "en": Index(load(BUNDLED, "en"), outside("en")),
    }


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return Handbook()


WAYS = ["ja", "ja by words", "ja by a tiny encoder", "en"]


@pytest.mark.parametrize("way", WAYS)
@given(text=st.text(max_size=200), limit=st.integers(-1, 30), threshold=st.floats(-2, 2))
def test_any_text_gets_an_answer_or_nothing(
    indexes: dict[str, Index], way: str, text: str, limit: int, threshold: float
) -> None:
    hits = indexes[way].search(text, limit, threshold)
    assert len(hits) <= max(0, limit)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.entry.id for hit in hits}) == len(hits)


@pytest.mark.parametrize("way", WAYS)
def test_a_title_or_an_example_question_finds_its_entry_first(indexes: dict[str, Index], way: str) -> None:
    for entry in load(BUNDLED, way[:2]):
        for text in (entry.title, *entry.questions):
            hits = indexes[way].search(f" {text}？", 3, threshold=2.0)
            assert hits[0].entry.id == entry.id, text


@pytest.mark.parametrize("way", WAYS)
def test_a_sentence_of_a_body_finds_its_entry(indexes: dict[str, Index], way: str) -> None:
    entries = load(BUNDLED, way[:2])
    found = [indexes[way].search(entry.body[:120], 1, NO_THRESHOLD)[0].entry.id for entry in entries]
    right = sum(name == entry.id for name, entry in zip(found, entries, strict=True))
    assert right >= len(entries) - 1


BAD_INPUTS = ["", "   ", "\x00\x07\x1b[0m", "\ud800\udfff\ud800", "あ" * 1_000_000, "a " * 500_000, "？！。", "\u202e"]
BAD_INPUT_NAMES = ["empty", "blank", "control", "surrogates", "long", "long words", "marks", "direction"]


@pytest.mark.parametrize("text", BAD_INPUTS, ids=BAD_INPUT_NAMES)
async def test_bad_input_gets_nothing_or_an_answer_but_no_error(handbook: Handbook, text: str) -> None:
    hits = await handbook.nearest(text)
    assert len(hits) <= 3


async def test_only_the_first_two_thousand_characters_are_read(handbook: Handbook) -> None:
    title = (await handbook.entries("ja"))[0].title
    assert await handbook.nearest(title + "\n" + " " * 5_000 + "天気" * 5_000) == await handbook.nearest(title)


async def test_the_script_of_the_question_chooses_the_language(handbook: Handbook) -> None:
    japanese, english = await handbook.entries("ja"), await handbook.entries("en")
    assert (await handbook.nearest(japanese[0].questions[0]))[0].entry == japanese[0]
    assert (await handbook.nearest(english[0].questions[0]))[0].entry == english[0]


async def test_an_entry_is_given_by_its_id(handbook: Handbook) -> None:
    first = (await handbook.entries("en"))[0]
    assert await handbook.entry(first.id, "en") == first
    assert await handbook.entry("no.such.entry", "en") is None
    assert await handbook.entry(first.id, "fr") == await handbook.entry(first.id, "ja")


async def test_a_missing_encoder_leaves_search_by_words() -> None:
    def missing() -> Embedder:
        raise KnowledgeUnavailable("It is not there.", "Bring it.")

    handbook = Handbook(embedder=missing)
    await handbook.warm()
    question = (await handbook.entries("ja"))[0].questions[0]
    assert await handbook.nearest(question)
    assert handbook.problem
    assert handbook.problem.fix == "Bring it."


async def test_questions_are_answered_while_the_encoder_is_still_being_built() -> None:
    building, may_finish = threading.Event(), threading.Event()

    def slow() -> Embedder:
        building.set()
        may_finish.wait(timeout=60)
        return HashEmbedder()

    handbook = Handbook(embedder=slow)
    warming = asyncio.create_task(handbook.warm())
    try:
        await asyncio.to_thread(building.wait, 60)
        question = (await handbook.entries("ja"))[0].questions[0]
        assert await handbook.nearest(question)
        assert not warming.done()
    finally:
        may_finish.set()
    await warming
    assert handbook.problem is None


async def test_a_folder_without_entries_finds_nothing(tmp_path: Path) -> None:
    assert await Handbook(tmp_path).nearest("ひきこもりとは") == ()


def test_importing_the_room_loads_nothing_heavy() -> None:
    program = (
        "import sys; import bot.knowledge.handbook, bot.knowledge.encoders;"
        "bot.knowledge.handbook.Handbook();"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
