"""Users, chats and messages in the JSON of the Bot API."""

from tests.telegram.shapes import Chat, Json, Message, User


def as_user(user: User) -> Json:
    shown: Json = {"id": user.id, "is_bot": user.bot, "first_name": user.first_name}
    if user.last_name:
        shown["last_name"] = user.last_name
    if user.username:
        shown["username"] = user.username
    return shown if user.bot else shown | {"language_code": user.language}


def as_chat(chat: Chat, users: dict[int, User]) -> Json:
    if chat.kind == "private":
        person = as_user(users[chat.person])
        named: Json = {name: person[name] for name in ("first_name", "last_name", "username") if name in person}
        return {"id": chat.id, **named, "type": "private"}
    shown: Json = {"id": chat.id, "title": chat.title}
    if chat.kind == "group":
        return shown | {"type": "group", "all_members_are_administrators": False}
    return shown | ({"is_forum": True} if chat.forum else {}) | {"type": chat.kind}


def as_message(message: Message, users: dict[int, User], *, replied: bool = True) -> Json:
    """replied: with the message it answers, which is shown one level deep."""
    chat = message.chat
    shown: Json = {"message_id": message.id}
    if chat.kind == "channel":
        shown["sender_chat"] = as_chat(chat, users)
    else:
        shown["from"] = as_user(message.sender)
    shown |= {"chat": as_chat(chat, users), "date": int(message.date.timestamp())}
    if message.edited is not None:
        shown["edit_date"] = int(message.edited.timestamp())
    if message.thread:
        shown |= {"message_thread_id": message.thread, "is_topic_message": True}
    answered = chat.messages.get(message.reply_to)
    if replied and answered is not None and not answered.deleted:
        shown["reply_to_message"] = as_message(answered, users, replied=False)
    if message.protected:
        shown["has_protected_content"] = True
    if message.text:
        shown["text"] = message.text
    if message.entities:
        shown["entities"] = message.entities
    shown |= message.content
    if message.markup is not None and "inline_keyboard" in message.markup:
        shown["reply_markup"] = message.markup
    return shown


def as_gone(chat: Json, message_id: int) -> Json:
    """A message that the bot can no longer see; its date is always 0."""
    return {"chat": chat, "message_id": message_id, "date": 0}
