"""conversations.* and users.*: what the bot may read about rooms and people."""

import re
from decimal import Decimal

from tests.slack.blocks import Json
from tests.slack.limits import SlackError
from tests.slack.messages import as_message
from tests.slack.methods import SCOPE_WORD, Desk, Entry, page, truth
from tests.slack.workspace import BOT, TEAM, Channel, Post, User

MOST_MESSAGES = 999

_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im"}
_TS = re.compile(r"\d+(\.\d+)?")


def open_im(desk: Desk, args: Json) -> Json:
    if args.get("channel"):
        return {"channel": {"id": desk.channel(args["channel"]).id}, "no_op": True, "already_open": True}
    ids = [each for each in str(args.get("users") or "").split(",") if each]
    if not ids:
        raise SlackError("users_list_not_supplied")
    if len(ids) > 1:
        raise SlackError("missing_scope", needed="mpim:write", provided=",".join(sorted(desk.scopes)))
    user = desk.workspace.users.get(ids[0])
    if user is None:
        raise SlackError("user_not_found")
    if user.bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("user_disabled")
    im = desk.workspace.im(user.id)
    return {"channel": as_channel(desk, im) if truth(args.get("return_im")) else {"id": im.id}}


def info(desk: Desk, args: Json) -> Json:
    channel = desk.channel(args["channel"])
    desk.need(f"{SCOPE_WORD[channel.kind]}:read")
    return {"channel": as_channel(desk, channel)}


def members(desk: Desk, args: Json) -> Json:
    channel = desk.channel(args["channel"])
    desk.need(f"{SCOPE_WORD[channel.kind]}:read")
    found, cursor = page([{"id": each} for each in sorted(channel.members)], args)
    return {"members": [each["id"] for each in found], "response_metadata": {"next_cursor": cursor}}


def as_channel(desk: Desk, channel: Channel) -> Json:
    if channel.kind == "im":
        person = desk.workspace.users[channel.person]
        return {
            "id": channel.id,
            "is_im": True,
            "is_archived": channel.archived,
            "user": person.id,
            "is_user_deleted": person.deleted,
            "is_open": True,
        }
    private = channel.kind == "private"
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not private,
        "is_group": private,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "is_archived": channel.archived,
        "is_member": BOT in channel.members,
        "is_ext_shared": any(desk.workspace.users[each].team != TEAM for each in channel.members),
        "context_team_id": TEAM,
    }


def history(desk: Desk, args: Json) -> Json:
    """Newest first, and without the replies in threads."""
    channel = _readable(desk, args["channel"])
    posts = [post for post in desk.workspace.standing(channel.id) if not post.thread_ts]
    return _messages(desk, list(reversed(_between(posts, args))), args)


def replies(desk: Desk, args: Json) -> Json:
    """The thread's first message, then its replies, oldest first."""
    channel = _readable(desk, args["channel"])
    parent = desk.workspace.find(channel.id, str(args["ts"]))
    if parent is None:
        raise SlackError("thread_not_found")
    thread = [post for post in parent.replies if not post.deleted]
    return _messages(desk, [parent, *_between(thread, args)], args)


def _readable(desk: Desk, channel_id: str) -> Channel:
    channel = desk.channel(channel_id)
    desk.need(f"{SCOPE_WORD[channel.kind]}:history")
    if BOT not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _between(posts: list[Post], args: Json) -> list[Post]:
    oldest, latest = _moment(args, "oldest", "0"), _moment(args, "latest", "99999999999")
    edges = {oldest, latest} if truth(args.get("inclusive")) else set()
    return [post for post in posts if oldest < Decimal(post.ts) < latest or Decimal(post.ts) in edges]


def _moment(args: Json, name: str, otherwise: str) -> Decimal:
    given = str(args.get(name) or otherwise)
    if not _TS.fullmatch(given):
        raise SlackError(f"invalid_ts_{name}")
    return Decimal(given)


def _messages(desk: Desk, posts: list[Post], args: Json) -> Json:
    metadata = truth(args.get("include_all_metadata"))
    messages, cursor = page(
        [as_message(desk.workspace, post, metadata=metadata) for post in posts], args, MOST_MESSAGES
    )
    answer: Json = {"messages": messages, "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def users_conversations(desk: Desk, args: Json) -> Json:
    wanted = [each.strip() for each in str(args.get("types") or "public_channel").split(",")]
    if not set(wanted) <= {*_KINDS, "mpim"}:
        raise SlackError("invalid_types")
    kinds = [_KINDS[each] for each in wanted if each in _KINDS]
    for kind in kinds:
        desk.need(f"{SCOPE_WORD[kind]}:read")
    member = args.get("user") or BOT
    if member not in desk.workspace.users:
        raise SlackError("user_not_found")
    found = [
        as_channel(desk, channel)
        for channel in desk.workspace.channels.values()
        if channel.kind in kinds
        and member in channel.members
        and not (channel.archived and truth(args.get("exclude_archived")))
    ]
    channels, cursor = page(found, args)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def users_info(desk: Desk, args: Json) -> Json:
    user = desk.workspace.users.get(args["user"])
    if user is None:
        raise SlackError("user_not_found")
    return {"user": as_user(user, locale=truth(args.get("include_locale")))}


def as_user(user: User, *, locale: bool = False) -> Json:
    found: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "deleted": user.deleted,
        "is_bot": user.bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
        "profile": {"real_name": user.real_name, "display_name": user.display_name, "team": user.team},
    }
    if not user.deleted:
        found |= {"real_name": user.real_name, "tz": "Asia/Tokyo", "tz_offset": 32_400, "is_admin": False}
        found |= {"is_restricted": False, "is_ultra_restricted": False}
    if user.team != TEAM:
        found["is_stranger"] = False
    return found | ({"locale": user.locale} if locale else {})


METHODS = {
    "conversations.open": Entry(open_im, (), "im:write"),
    "conversations.info": Entry(info, ("channel",)),
    "conversations.members": Entry(members, ("channel",)),
    "conversations.history": Entry(history, ("channel",)),
    "conversations.replies": Entry(replies, ("channel", "ts")),
    "users.conversations": Entry(users_conversations),
    "users.info": Entry(users_info, ("user",), "users:read"),
}
