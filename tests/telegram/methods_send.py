"""Sending, changing and taking back messages, and answering presses."""

from datetime import timedelta

from tests.telegram.methods import Answer, Desk, Method, integer, truth
from tests.telegram.rules import ALERT, checked_markup, checked_text
from tests.telegram.shapes import Chat, Json, Message, bad_request, forbidden
from tests.telegram.typed import units
from tests.telegram.updates import file_content

DELETABLE = timedelta(hours=48)
ANSWERABLE = timedelta(seconds=150)
MOST_DELETED = 100

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_UNDELETABLE = {"supergroup_chat_created", "migrate_from_chat_id"}


def send_message(desk: Desk, args: Json) -> Answer:
    markup = checked_markup(args.get("reply_markup"))
    text, entities = checked_text(args)
    chat = desk.reach(args)
    thread = _thread(desk, chat, args)
    message = desk.chats.post(
        chat,
        desk.chats.bot,
        text,
        entities=entities,
        markup=markup,
        thread=thread,
        reply_to=_answered(desk, chat, args),
        protected=truth(args, "protect_content"),
        silent=truth(args, "disable_notification"),
        asked=args,
    )
    return desk.updates.shown(message)


def send_photo(desk: Desk, args: Json) -> Answer:
    return _send_file(desk, args, "photo")


def send_document(desk: Desk, args: Json) -> Answer:
    return _send_file(desk, args, "document")


def _send_file(desk: Desk, args: Json, kind: str) -> Answer:
    """A file of our own comes in a part of the call, which may be named by attach://."""
    named = args.get(kind)
    file = args.get(str(named).removeprefix("attach://")) if isinstance(named, str) else named
    if not isinstance(file, dict):
        raise bad_request(f"there is no {kind} in the request")
    if not file["size"]:
        raise bad_request("file must be non-empty")
    chat = desk.reach(args)
    content = file_content(kind, f"fake-{kind}-{file['file_name']}")
    message = desk.chats.post(chat, desk.chats.bot, content=content, asked=args)
    message.file = getattr(file, "content", b"")
    return desk.updates.shown(message)


def _thread(desk: Desk, chat: Chat, args: Json) -> int:
    """The topic it goes to, 0 for none; not even the general one can be named."""
    thread = integer(args, "message_thread_id")
    if not thread:
        return 0
    topic = chat.topics.get(thread)
    if topic is None or topic.deleted:
        raise bad_request("message thread not found")
    if topic.closed and not _may_manage(desk, chat, topic.creator):
        raise bad_request("TOPIC_CLOSED")
    return thread


def _may_manage(desk: Desk, chat: Chat, creator: int) -> bool:
    return "can_manage_topics" in chat.rights or creator == desk.chats.bot.id


def _answered(desk: Desk, chat: Chat, args: Json) -> int:
    reply = args.get("reply_parameters") or {"message_id": args.get("reply_to_message_id")}
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    message_id = integer(reply, "message_id")
    if message_id and desk.chats.find(chat, message_id) is None:
        if not truth(reply | args, "allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return 0
    return message_id


def edit_message_text(desk: Desk, args: Json) -> Answer:
    markup = checked_markup(args.get("reply_markup"), inline=True)
    text, entities = checked_text(args)
    message = _own(desk, args)
    return _changed(desk, message, args, text, entities, markup)


def edit_message_reply_markup(desk: Desk, args: Json) -> Answer:
    markup = checked_markup(args.get("reply_markup"), inline=True)
    message = _own(desk, args)
    return _changed(desk, message, args, message.text, message.entities, markup)


def _own(desk: Desk, args: Json) -> Message:
    """A message the bot may change."""
    if not args.get("chat_id") and not args.get("message_id"):
        raise bad_request("message identifier is not specified")
    chat, message = desk.message(args, "message to edit")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if message.sender.id != desk.chats.bot.id or message.service:
        raise bad_request("message can't be edited")
    return message


def _changed(desk: Desk, message: Message, args: Json, text: str, entities: list[Json], markup: Json | None) -> Answer:
    """A keyboard that is not named again is gone; a message sent with a reply keyboard takes no other."""
    keyboard = message.markup if message.markup and "inline_keyboard" in message.markup else None
    if message.markup is not None and keyboard is None:
        raise bad_request("message can't be edited")
    if (text, entities, markup) == (message.text, message.entities, keyboard):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    message.text, message.entities, message.markup, message.asked = text, entities, markup, args
    message.edited = desk.chats.now()
    desk.chats.tell()
    return desk.updates.shown(message)


def delete_message(desk: Desk, args: Json) -> Answer:
    if not integer(args, "message_id"):
        raise bad_request("message identifier is not specified")
    _, message = desk.message(args, "message to delete")
    _check_deletable(desk, message)
    message.deleted = True
    desk.chats.tell()
    return True


def delete_messages(desk: Desk, args: Json) -> Answer:
    """All or none; those that are gone already do not count."""
    ids = args.get("message_ids")
    if not isinstance(ids, list):
        raise bad_request(
            "can't parse message identifiers JSON object" if ids else "message identifiers are not specified"
        )
    if len(ids) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    if not ids:
        raise bad_request("message identifiers are not specified")
    chat = desk.chat(args, write=True)
    found = [desk.chats.find(chat, integer({"id": each}, "id")) for each in ids]
    messages = [message for message in found if message is not None]
    for message in messages:
        _check_deletable(desk, message)
    for message in messages:
        message.deleted = True
    desk.chats.tell()
    return True


def _check_deletable(desk: Desk, message: Message) -> None:
    chat = message.chat
    admin = chat.status == "administrator" and "can_delete_messages" in chat.rights
    own = message.sender.id == desk.chats.bot.id and not message.service
    old = desk.chats.now() - message.date > DELETABLE
    if chat.kind in ("supergroup", "channel"):
        if old or _UNDELETABLE & set(message.content) or not (admin or own):
            raise bad_request("message can't be deleted")
    elif old or not (chat.kind == "private" or admin or own):
        raise bad_request("message can't be deleted for everyone")


def answer_callback_query(desk: Desk, args: Json) -> Answer:
    callback = desk.chats.callbacks.get(str(args.get("callback_query_id") or ""))
    late = callback is None or desk.chats.now() - callback.pressed > ANSWERABLE
    if callback is None or late or callback.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if units(str(args.get("text") or "")) > ALERT:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answer = args
    desk.chats.tell()
    return True


def send_chat_action(desk: Desk, args: Json) -> Answer:
    action = str(args.get("action") or "").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = desk.reach(args)
    _thread(desk, chat, args)
    desk.chats.actions.append((chat.id, action))
    desk.chats.tell()
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
}
