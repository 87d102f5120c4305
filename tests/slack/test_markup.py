"""Nothing comes to life that the list does not tell."""

import pytest

from tests.slack.blocks import Json
from tests.slack.markup import live

QUIET = {"unfurl_links": False, "unfurl_media": False}


def message(**more: object) -> Json:
    return {"text": "x"} | QUIET | more


def block(kind: str, text: str, **more: object) -> Json:
    return message(blocks=[{"type": "section", "text": {"type": kind, "text": text, **more}}])


def rich(element: Json) -> Json:
    return message(blocks=[{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}])


ANGLES = [
    "<@U0HANA>",
    "<#C0SQUARE>",
    "<!here>",
    "<!channel>",
    "<!everyone>",
    "<!subteam^S0FAKE>",
    "<!date^1764000000^{date}|then>",
    "<https://fake.example|label>",
    "<https://fake.example>",
    "<mailto:a@fake.example|a>",
]


@pytest.mark.parametrize("angle", ANGLES)
def test_angle_brackets(angle: str) -> None:
    assert live(message(text=f"so {angle} there")) == [angle]
    assert live(block("mrkdwn", f"so {angle} there")) == [angle]
    assert live(block("plain_text", f"so {angle} there")) == []


def test_escaped_text_is_only_text() -> None:
    harmless = "&lt;!here&gt; 1 &lt; 2 and 3 > 2"
    assert live(message(text=harmless)) == []
    assert live(block("mrkdwn", harmless)) == []


def test_bare_addresses_and_names() -> None:
    assert live(message(text="see https://fake.example/x now")) == ["https://fake.example/x"]
    assert live(message(text="see https://fake.example/x now", parse="none")) == []
    assert live(message(text="ask @hana in #square")) == []
    assert live(message(text="ask @hana in #square", link_names=True)) == ["@hana", "#square"]
    assert live(message(text="ask @hana", parse="full")) == ["@hana"]
    assert live(block("mrkdwn", "www.fake.example")) == ["www.fake.example"]
    assert live(block("mrkdwn", "www.fake.example @here", verbatim=True)) == []


def test_emoji_codes_in_plain_text() -> None:
    assert live(block("plain_text", "so :smile: at 10:30:45")) == [":smile:"]
    assert live(block("plain_text", "so :smile:", emoji=True)) == [":smile:"]
    assert live(block("plain_text", "so :smile:", emoji=False)) == []


def test_rich_text_is_alive_except_for_its_words() -> None:
    assert live(rich({"type": "text", "text": "<!here> @here"})) == []
    assert len(live(rich({"type": "user", "user_id": "U0HANA"}))) == 1
    assert len(live(rich({"type": "broadcast", "range": "here"}))) == 1


def test_previews() -> None:
    text = {"text": "https://fake.example", "parse": "none"}
    assert live(text) == ["unfurl_links", "unfurl_media"]
    assert live(text | {"unfurl_links": False}) == ["unfurl_media"]
    assert live(text | QUIET) == []
    assert live(text | {"ts": "1.000000"}) == []
    assert live({"text": "no address"}) == []


def test_a_view() -> None:
    title = {"type": "plain_text", "text": ":wave:"}
    assert live({"type": "modal", "title": title, "blocks": []}) == [":wave:"]
