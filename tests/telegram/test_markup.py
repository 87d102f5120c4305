"""What comes to life in plain words, and what does not."""

from collections.abc import AsyncIterator

import pytest

from tests.telegram.markup import live, live_in
from tests.telegram.server import FakeTelegram, open_telegram
from tests.telegram.stock_bot import client


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with open_telegram() as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ask @hana please", ["mention: @hana"]),
        ("/worry and /menu@some_bot", ["bot_command: /worry", "bot_command: /menu@some_bot"]),
        ("#悩み #1", ["hashtag: #悩み"]),
        ("$USD $usd", ["cashtag: $USD"]),
        ("see https://a.example/b?c=d.", ["url: https://a.example/b?c=d"]),
        ("see example.com, 192.168.0.1", ["url: example.com", "url: 192.168.0.1"]),
        ("tg://resolve?domain=x", ["url: tg://resolve?domain=x"]),
        ("mail a.b@ex.co.jp", ["email: a.b@ex.co.jp"]),
        ("call 090-1234-5678 or +81 90 1234 5678", ["phone_number: 090-1234-5678", "phone_number: +81 90 1234 5678"]),
        ("card 4111 1111 1111 1111", ["bank_card_number: 4111 1111 1111 1111"]),
        ("4月1日 10:00、1/2、and/or、3.14、2026-04-01 10:00、a@、# 、/、$5", []),
        ("@\u200bhana /\u200bworry #\u200b悩み example\u200b.com", []),
    ],
)
def test_plain_words(text: str, found: list[str]) -> None:
    assert live_in(text) == found


async def test_a_sent_message(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    await hana.starts()
    async with client(telegram) as bot:
        await bot.send_message(hana.id, "@hanaさん")
        await bot.send_message(hana.id, "<a href='http://a.example'>x</a>", parse_mode="HTML")
        await bot.send_message(hana.id, "example.com", disable_web_page_preview=True)
        await bot.send_message(hana.id, "quiet words")
    assert [live(message) for message in hana.letters] == [
        ["near: @hana"],
        ["text_link: x", "parse_mode: HTML", "link preview"],
        ["url: example.com"],
        [],
    ]
