"""Webhook mode: only Telegram gets in, nothing is confirmed before it is safe, and what comes twice happens once."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.adapters.telegram.doorway import secret_of
from bot.chat.errors import Misconfigured
from bot.chat.events import Event
from bot.store import inbox
from bot.store.session import Session
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.faults import Fault
from tests.telegram.malformed import malformed
from tests.telegram.messages import as_message
from tests.telegram.server import open_telegram
from tests.telegram.webhook import SECRET_HEADER
from tests.world import HeldClock

CANARY = "カナリアのことば"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    clock = HeldClock()
    async with open_telegram("webhook", clock) as telegram:
        telegram.webhook.second = 0.01
        async with open_telegram_house(tmp_path, telegram, clock) as opened:
            yield opened


def a_help(town: TelegramHouse, number: int = 1) -> str:
    person = town.telegram.person("hana")
    message = town.telegram.chats.post(person.chat, person.user, "/help")
    return json.dumps({"update_id": number, "message": as_message(message, town.telegram.chats.users)})


def test_the_secret_is_made_of_the_token_and_says_nothing_of_it() -> None:
    secret = secret_of("1:AA")
    assert secret != secret_of("1:AB")
    assert len(secret) <= 256 and secret.isalnum() and "AA" not in secret


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: "wrong"},
        {SECRET_HEADER: "０" * 64},
        {SECRET_HEADER: "\udcff" * 3},
        {SECRET_HEADER: secret_of("1:other")},
        {"X-Telegram-Bot-Api-Secret-Tokens": secret_of("7000000001:AAFakeTokenOfNobodyForTestsOnly-000")},
        {"Authorization": "Bearer x"},
    ],
    ids=["none", "empty", "wrong", "wide digits", "no utf-8", "another bot's", "another name", "another way"],
)
async def test_who_does_not_know_the_secret_meets_a_closed_door(town: TelegramHouse, headers: dict[str, str]) -> None:
    hana = await town.member("hana")
    with capture_logs() as lines:
        sent = await town.telegram.webhook.send_raw(headers, a_help(town))
    assert sent.status in (0, 401)  # 0: a header no client can even send
    assert sent.text == ""
    await town.settled()
    assert hana.letters == [] and lines == []


async def test_the_secret_twice_or_almost_is_no_secret(town: TelegramHouse) -> None:
    secret = town.telegram.webhook.secret
    for almost in (f"{secret},{secret}", secret[:-1], f"{secret} x", secret.upper()):
        sent = await town.telegram.webhook.send_raw({SECRET_HEADER: almost}, a_help(town))
        assert sent.status == 401


async def test_a_replay_does_nothing_twice_also_after_a_restart(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram("webhook", clock) as telegram:
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            hana = await town.member("hana")
            await hana.commands("help")
            await town.settled()
            first = telegram.webhook.sent[-1]
            assert (await telegram.webhook.send_raw(first.headers, first.body)).status == 200
            await town.settled()
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            clock.advance(timedelta(days=6))
            assert (await telegram.webhook.send_raw(first.headers, first.body)).status == 200
            await town.settled()
        assert len(hana.letters) == 1


async def test_what_cannot_be_stored_is_not_confirmed_and_comes_again(
    town: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, full = inbox.receive, 2

    def receive(session: Session, event: Event, now: object) -> bool:
        nonlocal full
        if full:
            full -= 1
            raise OSError("disk full")
        return real(session, event, now)  # type: ignore[arg-type]

    hana = await town.member("hana")
    monkeypatch.setattr(inbox, "receive", receive)
    await hana.commands("help")
    await hana.sees_soon("使い方")
    await town.settled()
    assert [sent.status for sent in town.telegram.webhook.sent] == [503, 503, 200]
    assert len(hana.letters) == 1


async def test_odd_bodies_are_let_go_without_a_word_of_them(
    town: TelegramHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    secret = {SECRET_HEADER: town.telegram.webhook.secret}
    whole = json.loads(a_help(town))
    odd = [json.dumps({"update_id": 5, **body}) for body in malformed({"message": whole["message"]}, CANARY).values()]
    odd += ["", "x", "[]", "null", "7", '"x"', "{", '{"update_id":', "[" * 100_000, '{"update_id":1e99}', "\ufeff{}"]
    with capture_logs() as lines:
        for body in odd:
            assert (await town.telegram.webhook.send_raw(secret, body.encode("utf-8", "surrogatepass"))).status in (
                200,
                401,
            )
        assert (await town.telegram.webhook.send_raw(secret, b"\xff\xfe{")).status == 200
    assert CANARY not in caplog.text + json.dumps(lines, ensure_ascii=False)
    hana = await town.member("hana")
    await hana.commands("help")
    await hana.sees_soon("使い方")


async def test_one_persons_updates_stay_in_order_and_others_do_not_wait(town: TelegramHouse) -> None:
    people = [await town.member(f"p{number}") for number in range(5)]
    for _ in range(4):
        for person in people:
            await person.commands("help")
            await person.commands("language")
    await town.settled()
    for person in people:
        firsts = ["help" if "使い方" in message.text else "language" for message in person.letters]
        assert firsts == ["help", "language"] * 4


async def test_an_address_that_telegram_refuses_is_named(tmp_path: Path) -> None:
    async with open_telegram("webhook", HeldClock()) as telegram:
        telegram.faults.next("setWebhook", Fault(400, "Bad Request: bad webhook: An HTTPS URL must be provided"))
        with pytest.raises(Misconfigured, match="YORISOI_TELEGRAM_WEBHOOK_URL"):
            async with open_telegram_house(tmp_path, telegram, HeldClock()):
                pass


async def test_a_name_that_is_not_found_for_a_moment_is_looked_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.telegram.introduction.FIRST_WAIT", 0.05)
    words = "Bad Request: bad webhook: Failed to resolve host: Temporary failure in name resolution"
    async with open_telegram("webhook", HeldClock()) as telegram:
        telegram.faults.next("setWebhook", Fault(400, words))
        async with open_telegram_house(tmp_path, telegram, HeldClock()):
            assert telegram.webhook.url
        telegram.faults.next("setWebhook", Fault(400, words.replace("Temporary failure in", "Name unknown:")))
        with pytest.raises(Misconfigured, match="YORISOI_TELEGRAM_WEBHOOK_URL"):
            async with open_telegram_house(tmp_path, telegram, HeldClock()):
                pass


async def test_a_webhook_that_leads_elsewhere_is_refused_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.app.platforms import telegram_account
    from bot.settings import read_settings

    monkeypatch.setenv("YORISOI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("YORISOI_TELEGRAM_TOKEN", "1:AA")
    monkeypatch.setenv("YORISOI_TELEGRAM_WEBHOOK_URL", "https://bot.example.jp/")
    with pytest.raises(Misconfigured, match="YORISOI_TELEGRAM_WEBHOOK_URL"):
        telegram_account(read_settings())
    monkeypatch.setenv("YORISOI_TELEGRAM_WEBHOOK_URL", "https://bot.example.jp/telegram/events")
    account = telegram_account(read_settings())
    assert account and account.webhook_url == "https://bot.example.jp/telegram/events"
    assert "AA" not in repr(account)
    for token in ("x", "1", ":AA", "1:", "bot1:AA", "1:A A", "1:A/../getMe"):
        monkeypatch.setenv("YORISOI_TELEGRAM_TOKEN", token)
        with pytest.raises(Misconfigured, match="YORISOI_TELEGRAM_TOKEN"):
            telegram_account(read_settings())
