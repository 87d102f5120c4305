"""Updates no reader expects: fields missing, of the wrong kind, beyond every limit, or of kinds nobody knows."""

import copy
from collections.abc import Callable

from tests.telegram.shapes import Json

Change = Callable[[Json], object]


def malformed(whole: Json, words: str) -> dict[str, Json]:
    """By what is wrong with them; each is an update without its update_id, made of a healthy message update.

    whole: the healthy one, as {"message": …}. words: what the odd ones say, so that a test finds them in a log.
    """
    message = whole["message"]
    found = {name: {"message": _changed(message, words, change)} for name, change in _CHANGES.items()}
    return found | {name: _with_words(body, words) for name, body in _whole(message).items()}


def broken_ids(whole: Json) -> dict[str, Json]:
    """Updates whose own number cannot be read, which Telegram has never sent; they bring their update_id along."""
    ids: dict[str, object] = {"null": None, "word": "first", "list": [1], "float": 1.5, "true": True, "huge": 10**40}
    return {f"update_id {name}": {**whole, "update_id": number} for name, number in ids.items()}


def _changed(message: Json, words: str, change: Change) -> Json:
    odd = copy.deepcopy(message) | {"text": words}
    change(odd)
    return odd


def _without(*names: str) -> Change:
    return lambda odd: [odd.pop(name, None) for name in names]


def _with(**fields: object) -> Change:
    return lambda odd: odd.update(fields)


def _inside(name: str, **fields: object) -> Change:
    return lambda odd: odd[name].update(fields)


def _lacking(name: str, field: str) -> Change:
    return lambda odd: odd[name].pop(field)


def _nested(depth: int) -> Json:
    nested: Json = {}
    for _ in range(depth):
        nested = {"reply_to_message": nested, "text": "deep"}
    return nested


_CHANGES: dict[str, Change] = {
    "message without from and chat": _without("from", "chat"),
    "message without from": _without("from"),
    "message without chat": _without("chat"),
    "message without date": _without("date"),
    "message without message_id": _without("message_id"),
    "message with nothing but text": _without("from", "chat", "date", "message_id", "entities"),
    "from null": _with(**{"from": None}),
    "from a word": _with(**{"from": "Hana"}),
    "from a number": _with(**{"from": 5}),
    "from a list": _with(**{"from": []}),
    "from empty": _with(**{"from": {}}),
    "from without id": _lacking("from", "id"),
    "from without first_name": _lacking("from", "first_name"),
    "from without is_bot": _lacking("from", "is_bot"),
    "from id null": _inside("from", id=None),
    "from id a word": _inside("from", id="hana"),
    "from id negative": _inside("from", id=-5),
    "from id a float": _inside("from", id=1.5),
    "from id beyond 64 bits": _inside("from", id=2**80),
    "from language_code a list": _inside("from", language_code=["ja"]),
    "chat null": _with(chat=None),
    "chat a word": _with(chat="private"),
    "chat a list": _with(chat=[{"id": 1}]),
    "chat empty": _with(chat={}),
    "chat without id": _lacking("chat", "id"),
    "chat without type": _lacking("chat", "type"),
    "chat id null": _inside("chat", id=None),
    "chat id a word": _inside("chat", id="here"),
    "chat id beyond 64 bits": _inside("chat", id=-(2**80)),
    "chat id a list": _inside("chat", id=[1]),
    "chat type unknown": _inside("chat", type="hyperspace"),
    "chat type a number": _inside("chat", type=7),
    "date a word": _with(date="tomorrow"),
    "date null": _with(date=None),
    "date negative": _with(date=-(10**12)),
    "date beyond every year": _with(date=10**18),
    "date beyond 64 bits": _with(date=10**40),
    "date a float that is none": _with(date=float("nan")),
    "date an object": _with(date={}),
    "message_id null": _with(message_id=None),
    "message_id a word": _with(message_id="one"),
    "message_id negative": _with(message_id=-1),
    "message_id beyond 64 bits": _with(message_id=2**80),
    "message_thread_id a word": _with(message_thread_id="topic", is_topic_message=True),
    "text a number": _with(text=5),
    "text null": _with(text=None),
    "text a list": lambda odd: odd.update(text=[odd["text"]]),
    "text an object": lambda odd: odd.update(text={"words": odd["text"]}),
    "text with half a letter": lambda odd: odd.update(text=odd["text"] + "\ud83d"),
    "text with a null byte": lambda odd: odd.update(text="\x00" + odd["text"] + "\x00"),
    "text of a megabyte": lambda odd: odd.update(text=odd["text"] + "x" * 1_000_000),
    "entities a word": _with(entities="bold"),
    "entities of words": _with(entities=["bold", None, 5]),
    "entities without offset": _with(entities=[{"type": "bot_command", "length": 5}]),
    "entities before the text": _with(entities=[{"type": "bot_command", "offset": -9, "length": 5}]),
    "entities beyond the text": _with(entities=[{"type": "bot_command", "offset": 0, "length": 10**9}]),
    "entities with words for numbers": _with(entities=[{"type": "mention", "offset": "0", "length": "all"}]),
    "entities inside a letter": lambda odd: odd.update(
        text="😀" + odd["text"], entities=[{"type": "bold", "offset": 1, "length": 1}]
    ),
    "reply to a word": _with(reply_to_message="that one"),
    "reply to an empty object": _with(reply_to_message={}),
    "reply nested deeply": lambda odd: odd.update(reply_to_message=_nested(150)),
    "photo an object": _with(photo={"file_id": 1}),
    "document a list": _with(document=[None]),
    "new_chat_members a word": _with(new_chat_members="everyone"),
    "migrate_to_chat_id a word": _with(migrate_to_chat_id="there"),
    "fields nobody knows": _with(**{"": "", "text ": "x", "hologram": {"layers": [1, [2, [3]]]}, "0": 0}),
}


def _whole(message: Json) -> dict[str, Json]:
    """Other shapes of the update itself."""
    user, chat = message["from"], message["chat"]
    press = {"id": "1", "from": user, "message": message, "chat_instance": "1", "data": "WORDS"}
    return {
        "update with nothing in it": {},
        "message null": {"message": None},
        "message a word": {"message": "WORDS"},
        "message a number": {"message": 7},
        "message a list": {"message": ["WORDS"]},
        "message true": {"message": True},
        "message empty": {"message": {}},
        "kind nobody knows": {"telepathy": {"from": user, "chat": chat, "text": "WORDS"}},
        "kind nobody knows, of words": {"telepathy": "WORDS"},
        "two kinds at once": {"message": message | {"text": "WORDS"}, "callback_query": press},
        "edited_message a word": {"edited_message": "WORDS"},
        "edited_message without chat": {"edited_message": {"text": "WORDS"}},
        "channel_post null": {"channel_post": None},
        "callback_query null": {"callback_query": None},
        "callback_query a word": {"callback_query": "WORDS"},
        "callback_query without from": {"callback_query": {"id": "1", "data": "WORDS", "message": message}},
        "callback_query without message": {"callback_query": {"id": "1", "from": user, "data": "WORDS"}},
        "callback_query without data": {"callback_query": {"id": "1", "from": user, "message": message}},
        "callback_query data a number": {"callback_query": press | {"data": 5}},
        "callback_query data an object": {"callback_query": press | {"data": {"words": "WORDS"}}},
        "callback_query id null": {"callback_query": press | {"id": None}},
        "callback_query message a word": {"callback_query": press | {"message": "WORDS"}},
        "callback_query message of date 0": {
            "callback_query": press | {"message": {"chat": chat, "message_id": 1, "date": 0}}
        },
        "callback_query data far too long": {"callback_query": press | {"data": "x" * 5_000}},
        "my_chat_member empty": {"my_chat_member": {}},
        "my_chat_member without new": {"my_chat_member": {"chat": chat, "from": user, "date": 1}},
        "my_chat_member of words": {
            "my_chat_member": {"chat": chat, "from": user, "date": 1, "old_chat_member": "a", "new_chat_member": "b"}
        },
        "my_chat_member status unknown": {
            "my_chat_member": {
                "chat": chat,
                "from": user,
                "date": 1,
                "old_chat_member": {"user": user, "status": "ghost"},
                "new_chat_member": {"user": user, "status": 7},
            }
        },
        "inline_query of words": {"inline_query": "WORDS"},
        "business_message empty": {"business_message": {}},
    }


def _with_words(node: Json, words: str) -> Json:
    return {name: _filled(value, words) for name, value in node.items()}


def _filled(value: object, words: str) -> object:
    if isinstance(value, dict):
        return _with_words(value, words)
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    return words if value == "WORDS" else value
