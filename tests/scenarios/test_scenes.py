"""The scenes we ship are played through the whole house: real store, real encoder, real console."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.demo import play_scene
from bot.app.logs import configure
from bot.settings import Settings
from bot.views.text import scene

NAMES = ("hanako-tanaka", "kenichi-suzuki", "keiko-sato")
"""Too long to stand anywhere by chance, as `ken` stands in `token`."""
LONG_NAMES = {
    ":as hana": f":as {NAMES[0]} --dialogs",
    ":as ken": f":as {NAMES[1]}",
    ":as sato": f":as {NAMES[2]} --coordinator --dialogs",
}
FIRST_DAY = Path(__file__).parents[2] / "examples" / "first-day.scene"


@pytest.fixture
def data(tmp_path: Path, encoder_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.delenv("YORISOI_PUBLISH_TIMES")  # the scenes show what is there without any setting
    shutil.copytree(encoder_folder, tmp_path / "encoder")
    log = configure("DEBUG", tmp_path / "yorisoi.log")
    yield tmp_path
    configure("WARNING")
    log.close()


async def test_the_first_day(data: Path) -> None:
    """The main job, all three parts, both kinds of people; and played again the next day on the same rows."""
    lines = FIRST_DAY.read_text("utf-8").splitlines()
    for _ in range(2):
        shown = io.StringIO()
        assert await play_scene(Settings(data_dir=data), lines, FIRST_DAY.name, shown) == 0, shown.getvalue()[-2000:]


@pytest.mark.parametrize("name", ["two-alone", "community", "kept-kind", "handbook", "conference"])
async def test_every_other_scene_we_ship(data: Path, name: str) -> None:
    shown = io.StringIO()
    played = FIRST_DAY.with_name(f"{name}.scene")
    lines = played.read_text("utf-8").splitlines()
    assert await play_scene(Settings(data_dir=data), lines, played.name, shown) == 0, shown.getvalue()[-2000:]


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_tour(data: Path, language: str) -> None:
    shown = io.StringIO()
    settings = Settings(data_dir=data, language=language)  # type: ignore[arg-type]
    assert await play_scene(settings, scene(language).splitlines(), "tour", shown) == 0, shown.getvalue()[-2000:]


async def test_no_file_tells_who_wrote_what(data: Path) -> None:
    """Database, write-ahead log, log and everything else that lies there, while the house is open and after it."""
    lines = [LONG_NAMES.get(line, line) for line in FIRST_DAY.read_text("utf-8").splitlines()]
    before_closing = lines[: lines.index("解決しました")]
    for played in (before_closing, lines):
        await play_scene(Settings(data_dir=data), played, "scene", io.StringIO())
        assert _told(data) == []


def _told(data: Path) -> list[str]:
    """Where a name or anybody's words stand in a file of the data folder."""
    secrets = (*NAMES, "親御さん", "手紙を一通", "長く会えていない")
    files = [file for file in data.iterdir() if file.is_file()]
    return [f"{secret} in {file.name}" for file in files for secret in secrets if secret.encode() in file.read_bytes()]


async def test_an_unmet_expectation_names_its_line(data: Path) -> None:
    shown = io.StringIO()
    assert await play_scene(Settings(data_dir=data), [":as hana", "/menu", "expect 雪が降る"], "x.scene", shown) == 1
    assert "x.scene:3" in shown.getvalue()
