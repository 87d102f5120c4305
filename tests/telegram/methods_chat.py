"""About the bot itself, the chats it is in, their members and topics, and the menus of commands."""

import json

from tests.telegram.messages import as_chat, as_user
from tests.telegram.methods import Answer, Desk, Method, integer
from tests.telegram.rules import checked_commands
from tests.telegram.shapes import Chat, Json, Topic, bad_request
from tests.telegram.updates import file_content, member

TOPIC_NAME = 128
_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


def get_me(desk: Desk, args: Json) -> Answer:  # noqa: ARG001
    return as_user(desk.chats.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not desk.chats.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(desk: Desk, args: Json) -> Answer:
    chat = desk.chat(args)
    shown = as_chat(chat, desk.chats.users)
    shown |= {"accent_color_id": 1, "max_reaction_count": 11}
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    shown["accepted_gift_types"] = dict.fromkeys(gifts, False)
    if chat.kind != "private":
        shown["permissions"] = {"can_send_messages": chat.writes}
    return shown


def get_chat_member(desk: Desk, args: Json) -> Answer:
    chat = desk.chat(args)
    user = desk.chats.users.get(integer(args, "user_id"))
    if user is None:
        raise bad_request("invalid user_id specified")
    if user.id == desk.chats.bot.id:
        return member(user, chat.status, chat.rights)
    return member(user, "member" if user.id in chat.members else "left")


def leave_chat(desk: Desk, args: Json) -> Answer:
    chat = desk.chat(args, write=True)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    bot, old = desk.chats.bot, (chat.status, set(chat.rights))
    chat.status, chat.rights = "left", set()
    desk.updates.my_chat_member(chat, bot, member(bot, *old), member(bot, "left"))
    desk.chats.tell()
    return True


def create_forum_topic(desk: Desk, args: Json) -> Answer:
    chat = _forum(desk, args)
    if "can_manage_topics" not in chat.rights:
        raise bad_request("not enough rights to create a topic")
    name = str(args.get("name") or "").strip()[:TOPIC_NAME]
    if not name:
        raise bad_request("topic name must be non-empty")
    topic = desk.chats.add_topic(chat, name, desk.chats.bot)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 7322096}


def _forum(desk: Desk, args: Json) -> Chat:
    chat = desk.chat(args, write=True)
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(desk: Desk, args: Json) -> tuple[Chat, Topic]:
    """A topic the bot may change."""
    chat = _forum(desk, args)
    topic = chat.topics.get(integer(args, "message_thread_id"))
    if topic is None or topic.deleted:
        raise bad_request("message thread not found")
    if "can_manage_topics" not in chat.rights and topic.creator != desk.chats.bot.id:
        raise bad_request("not enough rights to manage the topic")
    return chat, topic


def close_forum_topic(desk: Desk, args: Json) -> Answer:
    return _set_closed(desk, args, closed=True)


def reopen_forum_topic(desk: Desk, args: Json) -> Answer:
    return _set_closed(desk, args, closed=False)


def _set_closed(desk: Desk, args: Json, *, closed: bool) -> Answer:
    chat, topic = _topic(desk, args)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    note = "forum_topic_closed" if closed else "forum_topic_reopened"
    desk.chats.post(chat, desk.chats.bot, thread=topic.id, content={note: {}})
    return True


def delete_forum_topic(desk: Desk, args: Json) -> Answer:
    chat = _forum(desk, args)
    topic = chat.topics.get(integer(args, "message_thread_id"))
    if topic is None or topic.deleted:
        raise bad_request("message thread not found")
    if "can_delete_messages" not in chat.rights:
        raise bad_request("not enough rights to delete the topic")
    topic.deleted = True
    for message in chat.messages.values():
        message.deleted = message.deleted or message.thread == topic.id
    desk.chats.tell()
    return True


def set_my_commands(desk: Desk, args: Json) -> Answer:
    key = _menu(desk, args)
    desk.chats.commands[key] = checked_commands(args.get("commands"))
    desk.chats.tell()
    return True


def get_my_commands(desk: Desk, args: Json) -> Answer:
    return desk.chats.commands.get(_menu(desk, args), [])


def delete_my_commands(desk: Desk, args: Json) -> Answer:
    desk.chats.commands.pop(_menu(desk, args), None)
    desk.chats.tell()
    return True


def _menu(desk: Desk, args: Json) -> tuple[str, str]:
    scope = args.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        desk.chat({"chat_id": scope["chat_id"]})
    language = str(args.get("language_code") or "")
    if language and not (len(language) == 2 and language.isascii() and language.islower()):
        raise bad_request("BOT_LANGUAGE_CODE_INVALID")
    return json.dumps(scope, sort_keys=True), language


def get_file(desk: Desk, args: Json) -> Answer:
    file_id = str(args.get("file_id") or "")
    known = any(file_id in json.dumps(message.content) for message in desk.chats.messages if message.content)
    if not file_id or not known:
        raise bad_request("invalid file_id")
    content = file_content("document", file_id)["document"]
    return {name: content[name] for name in ("file_id", "file_unique_id", "file_size")} | {
        "file_path": f"documents/{file_id}"
    }


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "createForumTopic": create_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getFile": get_file,
}
