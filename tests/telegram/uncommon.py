"""Updates that are quite in order and that a bot which talks with people seldom thinks of."""

from tests.telegram.chats import BOT_ID, BOT_NAME
from tests.telegram.shapes import Json

_FILE = {"file_id": "FAKEFILE", "file_unique_id": "FAKE"}
_BOT = {"id": 7_100_000_001, "is_bot": True, "first_name": "Other", "username": "fake_other_bot"}
_OWN = {"id": BOT_ID, "is_bot": True, "first_name": "Yorisoi", "username": BOT_NAME}
_ANONYMOUS = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_TELEGRAM = {"id": 777_000, "is_bot": False, "first_name": "Telegram"}
_ANYONE = {"id": 5_900_000_001, "is_bot": False, "first_name": "Somebody"}
_CHANNEL = {"id": -1_002_900_000_001, "title": "News", "type": "channel"}
_GROUP = {"id": -1_002_900_000_002, "title": "Square", "type": "supergroup"}
_MONEY = {"currency": "JPY", "total_amount": 100, "invoice_payload": "x"}


def uncommon(whole: Json, words: str) -> dict[str, Json]:
    """By what they are, each without its update_id; made of a private message, {"message": …}. words: what they say."""
    base = {name: value for name, value in whole["message"].items() if name not in ("text", "entities")}
    said = base | {"text": words}
    messages = {name: {"message": base | content} for name, content in _CONTENTS.items()}
    return messages | _spoken(said) | _other_kinds(base, said)


_CONTENTS: dict[str, Json] = {
    "animation": {"animation": _FILE | {"width": 9, "height": 9, "duration": 1}, "document": _FILE},
    "audio": {"audio": _FILE | {"duration": 1}},
    "video note": {"video_note": _FILE | {"length": 9, "duration": 1}},
    "contact": {"contact": {"phone_number": "+810000000000", "first_name": "Somebody"}},
    "location": {"location": {"latitude": 35.0, "longitude": 139.0}},
    "live location": {"location": {"latitude": 35.0, "longitude": 139.0, "live_period": 900}},
    "venue": {"venue": {"location": {"latitude": 35.0, "longitude": 139.0}, "title": "A", "address": "B"}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "story": {"story": {"chat": _CHANNEL, "id": 1}},
    "game": {"game": {"title": "A", "description": "B", "photo": [_FILE | {"width": 9, "height": 9}]}},
    "invoice": {
        "invoice": {
            "title": "A",
            "description": "B",
            "start_parameter": "x",
            "currency": "JPY",
            "total_amount": 100,
        }
    },
    "payment": {"successful_payment": _MONEY | {"telegram_payment_charge_id": "1", "provider_payment_charge_id": "1"}},
    "web app data": {"web_app_data": {"data": "x", "button_text": "y"}},
    "users shared": {"users_shared": {"request_id": 1, "users": [{"user_id": 5}]}},
    "chat shared": {"chat_shared": {"request_id": 1, "chat_id": -5}},
    "write access": {"write_access_allowed": {"from_request": True}},
    "timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}},
    "new photo": {"new_chat_photo": [_FILE | {"width": 9, "height": 9}]},
    "new title": {"new_chat_title": "Another"},
    "video chat": {"video_chat_started": {}},
    "nothing at all": {},
    "something of tomorrow": {"hologram": _FILE},
}


def _spoken(said: Json) -> dict[str, Json]:
    """Words, from whom or where one would not think."""
    in_group = said | {"chat": _GROUP}
    forward = {"date": said["date"]}
    spoken: dict[str, Json] = {
        "another bot": said | {"from": _BOT},
        "the bot itself": said | {"from": _OWN},
        "an anonymous administrator": in_group | {"from": _ANONYMOUS, "sender_chat": _GROUP},
        "a linked channel": in_group | {"from": _TELEGRAM, "sender_chat": _CHANNEL, "is_automatic_forward": True},
        "a person as a channel": in_group | {"from": _TELEGRAM, "sender_chat": _CHANNEL},
        "through another bot": said | {"via_bot": _BOT},
        "forwarded from a person": said | {"forward_origin": forward | {"type": "user", "sender_user": _ANYONE}},
        "forwarded from a group": said | {"forward_origin": forward | {"type": "chat", "sender_chat": _GROUP}},
        "forwarded from a channel": said
        | {"forward_origin": forward | {"type": "channel", "chat": _CHANNEL, "message_id": 1}},
        "with a quote": said | {"quote": {"text": "before", "position": 0}},
        "an answer to another chat": said
        | {"external_reply": {"origin": forward | {"type": "hidden_user", "sender_user_name": "Somebody"}}},
        "sent while away": said | {"is_from_offline": True},
        "with a link preview": said | {"link_preview_options": {"is_disabled": True}},
    }
    return {name: {"message": message} for name, message in spoken.items()}


def _other_kinds(base: Json, said: Json) -> dict[str, Json]:
    user, chat, date = base["from"], base["chat"], base["date"]
    member = {"user": user, "status": "member"}
    post = {"message_id": 1, "sender_chat": _CHANNEL, "chat": _CHANNEL, "date": date, "text": said["text"]}
    where = {"chat": chat, "message_id": 1, "date": date}
    boost = {"boost_id": "1", "source": {"source": "premium", "user": user}}
    return {
        "channel post": {"channel_post": post},
        "edited channel post": {"edited_channel_post": post | {"edit_date": date}},
        "business message": {"business_message": said | {"business_connection_id": "fake"}},
        "edited business message": {"edited_business_message": said | {"business_connection_id": "fake"}},
        "deleted business messages": {
            "deleted_business_messages": {"business_connection_id": "fake", "chat": chat, "message_ids": [1]}
        },
        "inline query": {"inline_query": {"id": "1", "from": user, "query": said["text"], "offset": ""}},
        "chosen inline result": {"chosen_inline_result": {"result_id": "1", "from": user, "query": said["text"]}},
        "press under an inline message": {
            "callback_query": {"id": "1", "from": user, "inline_message_id": "x", "chat_instance": "1", "data": "d"}
        },
        "press on a game": {
            "callback_query": {"id": "1", "from": user, "message": said, "chat_instance": "1", "game_short_name": "g"}
        },
        "poll answer": {
            "poll_answer": {"poll_id": "1", "user": user, "option_ids": [0], "option_persistent_ids": ["1"]}
        },
        "reaction": {"message_reaction": where | {"user": user, "old_reaction": [], "new_reaction": []}},
        "reaction count": {"message_reaction_count": where | {"reactions": []}},
        "chat member": {
            "chat_member": {"chat": _GROUP, "from": user, "date": date, "old_chat_member": member}
            | {"new_chat_member": {"user": user, "status": "left"}}
        },
        "join request": {"chat_join_request": {"chat": _GROUP, "from": user, "date": date, "user_chat_id": user["id"]}},
        "boost": {"chat_boost": {"chat": _GROUP, "boost": boost | {"add_date": date, "expiration_date": date}}},
        "lost boost": {"removed_chat_boost": {"chat": _GROUP, **boost, "remove_date": date}},
        "shipping query": {
            "shipping_query": {"id": "1", "from": user, "invoice_payload": "x", "shipping_address": _ADDRESS}
        },
        "checkout query": {"pre_checkout_query": {"id": "1", "from": user, **_MONEY}},
    }


_ADDRESS = {"country_code": "JP", "state": "", "city": "x", "street_line1": "x", "street_line2": "", "post_code": "1"}
