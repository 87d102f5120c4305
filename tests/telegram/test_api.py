"""What the Bot API answers and refuses, word for word."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from tests.telegram.calling import call
from tests.telegram.chats import BOT_ID
from tests.telegram.people import TelegramPerson
from tests.telegram.server import FakeTelegram, open_telegram
from tests.telegram.shapes import Callback, Json, TelegramError
from tests.telegram.stock_bot import client


class Clock:
    time = datetime(2026, 4, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[FakeTelegram]:
    async with open_telegram(now=clock) as opened:
        yield opened


@pytest.fixture
async def hana(telegram: FakeTelegram) -> TelegramPerson:
    person = telegram.person("hana")
    await person.starts()
    return person


async def refused(telegram: FakeTelegram, method: str, *, token: str = "", **args: Any) -> str:
    with pytest.raises(TelegramError) as refusal:
        await call(telegram, method, token=token, **args)
    return str(refusal.value)


async def send(telegram: FakeTelegram, chat_id: int, text: str = "x", **more: Any) -> int:
    found: int = (await call(telegram, "sendMessage", chat_id=chat_id, text=text, **more))["message_id"]
    return found


async def test_every_form_of_arguments(telegram: FakeTelegram, hana: TelegramPerson) -> None:
    url, fields = f"{telegram.root}/bot{telegram.token}/sendmessage", {"chat_id": str(hana.id), "text": "x"}
    async with AsyncClient() as http:
        for answer in (
            await http.get(url, params=fields),
            await http.post(url, data=fields),
            await http.post(url, json=fields),
            await http.post(url, data=fields, files={"unused": b"file"}),
        ):
            assert answer.json()["ok"], answer.text
        assert (await http.post(url, json=["x"])).json()["error_code"] == 400
        assert (
            await http.post(url, content=b'{"text": "\\ud83d"}', headers={"content-type": "application/json"})
        ).json()["description"] == "Bad Request: strings must be encoded in UTF-8"
    assert len(hana.letters) == 4
    assert telegram.chats.called("sendMessage")[0] == fields


async def test_tokens_and_methods(telegram: FakeTelegram) -> None:
    assert (await call(telegram, "GETME"))["id"] == BOT_ID
    assert await refused(telegram, "getMe", token="1:wrong") == "401 Unauthorized"
    assert await refused(telegram, "getMe", token="none") == "404 Not Found"
    assert await refused(telegram, "sendHologram") == "404 Not Found: method not found"
    telegram.api.revoked = True
    assert await refused(telegram, "getMe") == "401 Unauthorized"


async def test_whom_a_bot_can_reach(telegram: FakeTelegram, hana: TelegramPerson) -> None:
    stranger, met = telegram.person("stranger"), telegram.person("met")
    await met.says_in(telegram.group("Square"), "hello")
    assert await refused(telegram, "sendMessage", chat_id=stranger.id, text="x") == "400 Bad Request: chat not found"
    assert await refused(telegram, "sendMessage", chat_id="nobody", text="x") == "400 Bad Request: chat not found"
    assert await refused(telegram, "sendMessage", text="x") == "400 Bad Request: chat_id is empty"
    unmet = await refused(telegram, "sendMessage", chat_id=met.id, text="x")
    assert unmet == "403 Forbidden: bot can't initiate conversation with a user"
    await hana.blocks()
    blocked = await refused(telegram, "sendMessage", chat_id=hana.id, text="x")
    assert blocked == "403 Forbidden: bot was blocked by the user"
    await hana.returns()
    await send(telegram, hana.id)
    await hana.leaves_telegram()
    gone = await refused(telegram, "sendMessage", chat_id=hana.id, text="x")
    assert gone == "403 Forbidden: user is deactivated"


async def test_texts(telegram: FakeTelegram, hana: TelegramPerson) -> None:
    for text, words in (
        ("", "message text is empty"),
        (" \n\u202e ", "message text is empty"),
        ("x" * 4_097, "message is too long"),
        ("😀" * 2_049, "message is too long"),
    ):
        assert await refused(telegram, "sendMessage", chat_id=hana.id, text=text) == f"400 Bad Request: {words}"
    await send(telegram, hana.id, "😀" * 2_048)
    await send(telegram, hana.id, " \n a\r\u202eb \n ", entities=[{"type": "bold", "offset": 3, "length": 4}])
    assert hana.letters[-1].text == "ab"
    assert hana.letters[-1].entities == [{"type": "bold", "offset": 0, "length": 2}]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"parse_mode": "HTML", "text": "<b>x"}, "can't parse entities: Can't find end tag"),
        ({"parse_mode": "HTML", "text": "1 < 2"}, "can't parse entities: Unsupported start tag"),
        ({"parse_mode": "HTML", "text": "x</b>"}, "can't parse entities: Unexpected end tag"),
        ({"parse_mode": "Markdown", "text": "a *b"}, "can't parse entities: Can't find end of the entity"),
        ({"parse_mode": "MarkdownV2", "text": "a."}, "can't parse entities: Character '.' is reserved"),
        ({"parse_mode": "Latex"}, "unsupported parse_mode"),
        ({"entities": [{"type": "blink", "offset": 0, "length": 1}]}, "can't parse MessageEntity: Unsupported type"),
        ({"entities": [{"type": "bold", "offset": -1, "length": 1}]}, "receive an entity with incorrect offset"),
        (
            {"text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "entity beginning at UTF-16 offset 1",
        ),
        ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "can't parse inline keyboard button: Text buttons"),
        ({"reply_markup": {"keyboard": [{"text": "a"}]}}, 'field "keyboard" must be an Array of Arrays'),
        ({"message_thread_id": 5}, "message thread not found"),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_more_that_is_refused(telegram: FakeTelegram, hana: TelegramPerson, args: Json, words: str) -> None:
    whole: Json = {"chat_id": hana.id, "text": "x"} | args
    assert (await refused(telegram, "sendMessage", **whole)).startswith(f"400 Bad Request: {words}")


async def test_keyboards(telegram: FakeTelegram, hana: TelegramPerson) -> None:
    def keyboard(data: str = "d", times: int = 1) -> Json:
        return {"inline_keyboard": [[{"text": "a", "callback_data": data}] for _ in range(times)]}

    await send(telegram, hana.id, reply_markup=keyboard("あ" * 21 + "x"))
    await send(telegram, hana.id, reply_markup=keyboard(times=100))
    for markup, words in ((keyboard("あ" * 21 + "xx"), "BUTTON_DATA_INVALID"), (keyboard(times=101), "too long")):
        assert words in await refused(telegram, "sendMessage", chat_id=hana.id, text="x", reply_markup=markup)
    await send(
        telegram, hana.id, reply_markup={"inline_keyboard": [[{"text": str(n), "url": "a.jp"} for n in range(9)]]}
    )
    assert len(hana.letters[-1].markup["inline_keyboard"][0]) == 8  # type: ignore[index]


async def test_changing_a_message(telegram: FakeTelegram, hana: TelegramPerson) -> None:
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "d"}]]}
    where: Json = {"chat_id": hana.id, "message_id": await send(telegram, hana.id, "one", reply_markup=keyboard)}
    same = await refused(telegram, "editMessageText", text="one", reply_markup=keyboard, **where)
    assert same.startswith("400 Bad Request: message is not modified: specified new message content")
    await call(telegram, "editMessageText", text="one", **where)
    assert hana.buttons == []
    await call(telegram, "editMessageReplyMarkup", reply_markup=keyboard, **where)
    assert hana.buttons == ["a"]
    assert hana.letters[0].edited is not None
    theirs = (await hana.says("mine")).id
    for message_id, words in ((theirs, "message can't be edited"), (999, "message to edit not found")):
        assert words in await refused(telegram, "editMessageText", chat_id=hana.id, message_id=message_id, text="x")
    plain = await send(telegram, hana.id, reply_markup={"keyboard": [["a"]]})
    assert "can't be edited" in await refused(telegram, "editMessageText", chat_id=hana.id, message_id=plain, text="y")


async def test_two_days_to_delete(telegram: FakeTelegram, hana: TelegramPerson, clock: Clock) -> None:
    theirs, own = (await hana.says("secret")).id, await send(telegram, hana.id)
    assert await call(telegram, "deleteMessage", chat_id=hana.id, message_id=theirs)
    assert not hana.sees("secret")
    again = await refused(telegram, "deleteMessage", chat_id=hana.id, message_id=theirs)
    assert again == "400 Bad Request: message to delete not found"
    clock.time += timedelta(hours=49)
    young = await send(telegram, hana.id, "young")
    old = await refused(telegram, "deleteMessages", chat_id=hana.id, message_ids=[young, own])
    assert old == "400 Bad Request: message can't be deleted for everyone"
    assert hana.sees("young"), "all or none"
    assert await call(telegram, "deleteMessages", chat_id=hana.id, message_ids=[young, theirs, 999])
    many = await refused(telegram, "deleteMessages", chat_id=hana.id, message_ids=list(range(101)))
    assert many == "400 Bad Request: too many message identifiers specified"


async def test_deleting_in_groups_takes_rights(telegram: FakeTelegram, hana: TelegramPerson) -> None:
    square, forum = telegram.group("Square"), telegram.group("Forum", forum=True)
    for group, words in ((square, "message can't be deleted for everyone"), (forum, "message can't be deleted")):
        where: Json = {"chat_id": group.id, "message_id": (await hana.says_in(group, "x")).id}
        assert await refused(telegram, "deleteMessage", **where) == f"400 Bad Request: {words}"
        assert await call(telegram, "deleteMessage", chat_id=group.id, message_id=await send(telegram, group.id))
        group.promote_bot("can_delete_messages")
        assert await call(telegram, "deleteMessage", **where)


async def test_groups_that_change(telegram: FakeTelegram) -> None:
    square = telegram.group("Square")
    old, new = square.id, square.upgrade().id
    with pytest.raises(TelegramError, match="group chat was upgraded to a supergroup chat") as moved:
        await call(telegram, "sendMessage", chat_id=old, text="x")
    assert moved.value.parameters == {"migrate_to_chat_id": new}
    await send(telegram, new)
    square.mute_bot()
    muted = await refused(telegram, "sendMessage", chat_id=new, text="x")
    assert muted == "400 Bad Request: not enough rights to send text messages to the chat"
    square.remove_bot()
    thrown_out = await refused(telegram, "sendMessage", chat_id=new, text="x")
    assert thrown_out == "403 Forbidden: bot was kicked from the supergroup chat"
    square.add_bot()
    square.mute_bot(False)
    assert (await call(telegram, "getChatMember", chat_id=new, user_id=BOT_ID))["status"] == "member"
    await call(telegram, "leaveChat", chat_id=new)
    left = await refused(telegram, "sendMessage", chat_id=new, text="x")
    assert left == "403 Forbidden: bot is not a member of the supergroup chat"


async def test_topics(telegram: FakeTelegram) -> None:
    forum = telegram.group("Forum", forum=True)
    rights = await refused(telegram, "createForumTopic", chat_id=forum.id, name="Worry 1")
    assert rights == "400 Bad Request: not enough rights to create a topic"
    forum.promote_bot()
    made = (await call(telegram, "createForumTopic", chat_id=forum.id, name="Worry 1"))["message_thread_id"]
    theirs = forum.topic("Tea")
    await call(telegram, "closeForumTopic", chat_id=forum.id, message_thread_id=made)
    assert "TOPIC_NOT_MODIFIED" in await refused(telegram, "closeForumTopic", chat_id=forum.id, message_thread_id=made)
    forum.close_topic(theirs)
    await send(telegram, forum.id, message_thread_id=theirs.id)
    forum.demote_bot()
    closed = await refused(telegram, "sendMessage", chat_id=forum.id, text="x", message_thread_id=theirs.id)
    assert closed == "400 Bad Request: TOPIC_CLOSED"
    forum.delete_topic(theirs)
    deleted = await refused(telegram, "sendMessage", chat_id=forum.id, text="x", message_thread_id=theirs.id)
    assert deleted == "400 Bad Request: message thread not found"
    assert "not a forum" in await refused(telegram, "createForumTopic", chat_id=telegram.group("Square").id, name="x")


async def test_answers_to_presses(telegram: FakeTelegram, hana: TelegramPerson, clock: Clock) -> None:
    await send(telegram, hana.id, reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "d"}]]})
    press = await hana.presses("a")
    assert isinstance(press, Callback)
    assert hana.unanswered == 1
    long = await refused(telegram, "answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
    assert long == "400 Bad Request: MESSAGE_TOO_LONG"
    await call(telegram, "answerCallbackQuery", callback_query_id=press.id, text="done")
    assert (hana.alerts, hana.unanswered) == (["done"], 0)
    late = hana.sends_press(press.message, "forged")
    clock.time += timedelta(minutes=3)
    for callback_id in (press.id, late.id, "1"):
        old = await refused(telegram, "answerCallbackQuery", callback_query_id=callback_id)
        assert old.endswith("query is too old and response timeout expired or query ID is invalid")


async def test_the_rest_with_the_stock_client(telegram: FakeTelegram, hana: TelegramPerson) -> None:
    file = await hana.sends_file("document")
    async with client(telegram) as bot:
        await bot.send_chat_action(hana.id, "typing")
        assert telegram.chats.actions == [(hana.id, "typing")]
        await bot.set_my_commands([("menu", "メニュー")], language_code="ja")
        assert [each.command for each in await bot.get_my_commands(language_code="ja")] == ["menu"]
        await bot.delete_my_commands(language_code="ja")
        assert await bot.get_my_commands(language_code="ja") == ()
        assert (await bot.get_chat(hana.id)).first_name == "Hana"
        sent = await bot.send_message(hana.id, "@hana", protect_content=True, disable_notification=True)
        assert [entity.type for entity in sent.entities] == ["mention"]
        assert (hana.letters[-1].protected, hana.letters[-1].silent) == (True, True)
        held = await bot.get_file(file.content["document"]["file_id"])
        assert bytes(await held.download_as_bytearray()) == b"hello, file\n"
    for command, words in (("Menu", "BOT_COMMAND_INVALID"), ("x" * 33, "BOT_COMMAND_INVALID")):
        commands = [{"command": command, "description": "x"}]
        assert words in await refused(telegram, "setMyCommands", commands=commands)
