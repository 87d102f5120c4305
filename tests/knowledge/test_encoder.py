"""The encoder that runs without torch, the model it was saved from, and what happens to a damaged folder."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import ginza_vectors
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.encoder import WEIGHTS_FILE, WordEncoder
from bot.knowledge.encoder_folder import FINGERPRINT_FILE, ensure_encoder, is_current
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.handbook import BUNDLED, outside
from bot.knowledge.points import load
from bot.knowledge.sentence_embedder import SentenceTransformerEmbedder
from bot.language.string_keys import string_keys
from bot.language.tokens import words

ODD = ["", " ", "。", "😀", "👨‍👩‍👧 家族", "zzqqxx", "ｶﾞﾝﾊﾞﾙ", "①②③", "の" * 500, "\x00", "hikikomori support"]
WORDS = ["ひきこもり", "引き籠もり", "家族", "a", "hello", "８０５０", "é", "😀", "長い" * 40, "x" * 63]


def varied_texts() -> list[str]:
    questions = [question for entry in load(BUNDLED, "ja") for question in entry.questions[:2]]
    return [*ODD, *questions, *outside("en")[:10]]


def test_word_keys_are_those_of_spacy() -> None:
    """In a process of its own: spaCy's import takes seconds and brings warnings that are not ours."""
    program = (
        "import sys, json; from spacy.strings import hash_string;"
        "print(json.dumps([hash_string(word) for word in json.load(sys.stdin)]))"
    )
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        input=json.dumps(WORDS),
        capture_output=True,
        text=True,
        check=True,
    )
    assert string_keys(WORDS).tolist() == json.loads(result.stdout)


def test_arrays_and_model_give_the_same_vectors(encoder: WordEncoder, encoder_folder: Path) -> None:
    from bot.knowledge.sentence_model import BagOfWords, assemble

    texts = varied_texts()
    model = assemble(BagOfWords.load(str(encoder_folder)))
    expected = model.encode(texts, show_progress_bar=False, convert_to_numpy=True)
    assert len(texts) >= 50
    np.testing.assert_allclose(encoder.encode(texts), expected, atol=1e-5)
    assert model.get_embedding_dimension() == expected.shape[1]


def test_rows_have_length_one_or_are_zeros(encoder: WordEncoder) -> None:
    texts = varied_texts()
    lengths = np.linalg.norm(encoder.encode(texts), axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))
    assert lengths[texts.index("")] == 0
    assert lengths[texts.index("hikikomori support")] > 0


def test_like_meanings_lie_nearer_than_unlike_ones(encoder: WordEncoder) -> None:
    money, poor, cat = encoder.encode(["お金がない", "生活費が足りない", "猫が好き"])
    assert money @ poor > money @ cat + 0.1


@given(st.text(max_size=300))
def test_any_text_has_a_vector(encoder: WordEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_words_can_be_read_by_many_threads_at_once() -> None:
    text = "ひきこもりの息子さんが部屋から出てこない。" * 50
    expected, seen = words(text), []
    threads = [threading.Thread(target=lambda: seen.append(words(text))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 8


def test_words_drop_grammar_and_join_spellings() -> None:
    assert [word.normal for word in words("ひきこもりの家族")] == [word.normal for word in words("引きこもり家族")]
    assert words("は、が。\ud800") == ()
    assert len(words("家族" * 60_000)) >= 60_000


def test_building_tells_its_steps(encoder_folder: Path, steps: list[tuple[int, int, str]]) -> None:
    assert is_current(encoder_folder)
    assert [number for number, _, _ in steps] == [1, 2, 3, 4]
    assert {total for _, total, _ in steps} == {4}
    assert not [path for path in encoder_folder.parent.iterdir() if path != encoder_folder]


def test_a_whole_encoder_is_not_built_again(encoder_folder: Path) -> None:
    told: list[int] = []
    ensure_encoder(encoder_folder, lambda number, *_: told.append(number))
    assert told == []


def cut_short(folder: Path) -> None:
    weights = folder / WEIGHTS_FILE
    weights.write_bytes(weights.read_bytes()[:1_000_000])


def flip_a_bit(folder: Path) -> None:
    with (folder / WEIGHTS_FILE).open("r+b") as file:
        file.seek(20_000_000)
        byte = file.read(1)
        file.seek(20_000_000)
        file.write(bytes([byte[0] ^ 1]))


def break_the_fingerprint(folder: Path) -> None:
    (folder / FINGERPRINT_FILE).write_text("[")


def change(key: str, value: str) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        path = folder / FINGERPRINT_FILE
        path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))

    return changed


DAMAGES: list[Callable[[Path], None]] = [
    cut_short,
    flip_a_bit,
    lambda folder: (folder / WEIGHTS_FILE).unlink(),
    lambda folder: (folder / FINGERPRINT_FILE).unlink(),
    break_the_fingerprint,
    change("recipe", "older"),
    change("source", "ja_ginza 1.0"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_seen(encoder_folder: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder, folder)
    assert is_current(folder)
    damage(folder)
    assert not is_current(folder)


def test_a_damaged_encoder_is_built_anew(encoder_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder, folder)
    cut_short(folder)
    rebuilt = ensure_encoder(folder, lambda *_: None)
    assert is_current(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]
    assert rebuilt.encode(["家族"]).any()


def test_a_missing_package_is_told_with_its_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ginza_vectors, "PACKAGE", "ja_ginza_that_is_not_there")
    with pytest.raises(KnowledgeUnavailable) as told:
        ginza_vectors.read()
    assert "not installed" in told.value.problem
    assert "pip install" in told.value.fix


def test_a_folder_that_cannot_be_made_is_told_with_its_fix(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KnowledgeUnavailable) as told:
        ensure_encoder(tmp_path / "file" / "encoder", lambda *_: None)
    assert "could not be built" in told.value.problem
    assert str(tmp_path) in told.value.fix


def test_a_model_that_cannot_be_loaded_is_told_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeUnavailable) as told:
        SentenceTransformerEmbedder(str(tmp_path))
    assert "YORISOI_EMBEDDING_MODEL" in told.value.fix


def test_any_saved_sentence_transformers_model_can_take_its_place(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "family": 1, "visit": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    table = StaticEmbedding(tokenizer, embedding_weights=np.eye(3, dtype=np.float32))
    SentenceTransformer(modules=[table], device="cpu").save(str(tmp_path), create_model_card=False)
    rows = SentenceTransformerEmbedder(str(tmp_path)).encode(["family", "visit", "family visit"])
    np.testing.assert_allclose(rows @ rows[0], [1, 0, 0.5**0.5], atol=1e-6)


def test_the_tiny_encoder_is_the_same_on_every_run() -> None:
    rows = HashEmbedder().encode(["家族の会", "家族の会", "別の話", ""])
    np.testing.assert_array_equal(rows[0], rows[1])
    assert rows[0] @ rows[2] < 0.99
    assert not rows[3].any()
