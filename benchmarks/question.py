"""One question answered by the handbook, against the same question through sentence-transformers on torch."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from benchmarks.timing import percentile
from bot.knowledge.encoder_folder import ensure_encoder
from bot.knowledge.encoders import encoder_source
from bot.knowledge.handbook import Handbook

QUESTIONS = Path(__file__).parents[1] / "tests" / "data" / "handbook_questions.toml"
ROUNDS = 5

_TORCH = """
import json, sys, time
began = time.perf_counter()
from bot.knowledge.sentence_model import BagOfWords, assemble
model = assemble(BagOfWords.load(sys.argv[1]))
loaded = time.perf_counter() - began
waits = []
for question in json.loads(sys.stdin.read()):
    began = time.perf_counter()
    model.encode([question])
    waits.append(time.perf_counter() - began)
print(json.dumps([loaded, waits]))
"""


def questions() -> list[str]:
    return [str(each["text"]) for each in tomllib.loads(QUESTIONS.read_text("utf-8"))["question"]]


async def ours(data: Path, asked: list[str]) -> tuple[float, list[float]]:
    """Seconds until the first answer, then how long each question took, search and ranking included."""
    began = time.perf_counter()
    handbook = Handbook(embedder=encoder_source(data))
    await handbook.warm()
    loaded = time.perf_counter() - began
    waits = []
    for _ in range(ROUNDS):
        for question in asked:
            began = time.perf_counter()
            await handbook.nearest(question)
            waits.append(time.perf_counter() - began)
    return loaded, waits


def on_torch(folder: Path, asked: list[str]) -> tuple[float, list[float]]:
    """The same saved model through its own library, encoding only."""
    done = subprocess.run(
        [sys.executable, "-c", _TORCH, str(folder)], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    loaded, waits = json.loads(done.stdout.splitlines()[-1])
    return float(loaded), [float(wait) for wait in waits]


def lines() -> list[str]:
    asked = questions()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        ensure_encoder(data / "encoder", lambda *_: None)
        loaded, waits = asyncio.run(ours(data, asked))
        torch_loaded, torch_waits = on_torch(data / "encoder", asked)
    rows = (
        ("ours: question to answer", loaded, waits),
        ("sentence-transformers on torch: encoding alone", torch_loaded, torch_waits),
    )
    return [
        "| one question | load s | p50 ms | p99 ms |",
        "|---|---|---|---|",
        *(
            f"| {name} | {load:.2f} | {percentile(each, 0.5):.2f} | {percentile(each, 0.99):.2f} |"
            for name, load, each in rows
        ),
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
