"""The pages about Slack say what the app asks for and what there is to set, in both languages."""

import re
from typing import cast

import pytest
import yaml  # type: ignore[import-untyped]

from bot.adapters.slack import SCOPES, SLASH
from bot.adapters.slack.doorway import PATH
from bot.app.platforms import commands
from bot.settings import Settings
from tests.slack.blocks import Json
from tests.source import ROOT

FILE = "deploy/slack/manifest.yaml"
FEATURES = cast(Json, yaml.safe_load((ROOT / FILE).read_text("utf-8")))["features"]
ENGLISH, JAPANESE = "docs/slack.md", "docs/slack.ja.md"
PAGES = {name: (ROOT / name).read_text("utf-8") for name in (ENGLISH, JAPANESE)}


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_name_everything_there_is(page: str) -> None:
    told = PAGES[page]
    named = re.findall(r"^\| `([a-z_]+(?::[a-z]+)?)` \|", told, re.MULTILINE)
    assert sorted(named) == sorted(SCOPES), "the table of scopes"
    settings = [f"YORISOI_{name}".upper() for name in Settings.model_fields if name.startswith(("slack_", "http_"))]
    assert len(settings) == 6
    things = [*settings, *(f"{SLASH} {name}" for name in commands()), PATH, FILE]
    things += [each["name"] for each in FEATURES["shortcuts"]]
    assert [thing for thing in things if thing not in told] == []


def test_both_pages_have_the_same_parts() -> None:
    for part in (r"^#+(?= )", r"^\d+\.(?= )", r"^\|.*\|$", r"^ +```"):
        found = [[each.count("|") or each for each in re.findall(part, told, re.M)] for told in PAGES.values()]
        assert found[0] and found[0] == found[1], part


@pytest.mark.parametrize(("readme", "page"), [("README.md", ENGLISH), ("README.ja.md", JAPANESE)])
def test_the_way_to_the_pages_is_told(readme: str, page: str) -> None:
    assert f"]({page})" in (ROOT / readme).read_text("utf-8")
    for name in set(re.findall(r"\]\(([^)#:]+)\)", PAGES[page])):
        assert ((ROOT / page).parent / name).exists(), name
