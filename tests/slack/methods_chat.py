"""chat.*: posting, changing and taking back."""

from tests.slack.blocks import Json, kept
from tests.slack.limits import SlackError, check_blocks, check_message, check_metadata
from tests.slack.messages import as_event, as_message
from tests.slack.methods import Desk, Entry
from tests.slack.workspace import BOT, BOT_ID, TEAM, Channel, Post


def post_message(desk: Desk, args: Json) -> Json:
    channel = _where(desk, args["channel"])
    check_message(args)
    thread_ts = str(args.get("thread_ts") or "")
    if thread_ts and desk.workspace.find(channel.id, thread_ts) is None:
        raise SlackError("thread_not_found")
    post = desk.workspace.post(
        channel.id,
        args.get("text") or "",
        args.get("blocks"),
        user=BOT,
        bot=BOT_ID,
        metadata=args.get("metadata") or None,
        thread_ts=thread_ts,
        asked=args,
    )
    desk.posted(channel.id, as_event(desk.workspace, post))
    return {"channel": channel.id, "ts": post.ts, "message": as_message(desk.workspace, post, metadata=True)}


def _where(desk: Desk, target: str) -> Channel:
    """A channel, or the direct messages of the person with this id."""
    user = desk.workspace.users.get(target)
    if user is None:
        channel = desk.room(target)
        gone = channel.kind == "im" and desk.workspace.users[channel.person].deleted
        if gone:
            raise SlackError("is_archived")
        return channel
    if user.bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("channel_not_found")
    return desk.workspace.im(user.id)


def update(desk: Desk, args: Json) -> Json:
    post = _own(desk, args, "cant_update_message")
    text, blocks, metadata = args.get("text"), args.get("blocks"), args.get("metadata")
    if text is None and blocks is None and metadata is None:
        raise SlackError("no_text")
    check_metadata(metadata)
    previous = as_message(desk.workspace, post)
    if text is not None or blocks is not None:
        check_message({"text": text if text is not None else post.text, "blocks": blocks or []})
        post.blocks = _blocks_after(post, text, blocks)
        post.text = text if text is not None else post.text
    if metadata is not None:
        post.metadata = metadata or None
    post.edited, post.asked = desk.workspace.ts(), args
    desk.workspace.tell()
    message = as_message(desk.workspace, post)
    changed = {"type": "message", "subtype": "message_changed", "hidden": True}
    desk.posted(post.channel, changed | {"message": message, "previous_message": previous, "ts": post.edited})
    return {"channel": post.channel, "ts": post.ts, "text": post.text, "message": message}


def _blocks_after(post: Post, text: object, blocks: list[Json] | None) -> list[Json]:
    """New words without blocks take the old blocks away; blocks stay only where neither is given."""
    if blocks is not None:
        check_blocks(blocks)
        return kept(blocks)
    return post.blocks if text is None else []


def delete(desk: Desk, args: Json) -> Json:
    post = _own(desk, args, "cant_delete_message")
    post.deleted = True
    desk.workspace.tell()
    previous = as_message(desk.workspace, post)
    gone = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": post.ts}
    desk.posted(post.channel, gone | {"previous_message": previous, "ts": desk.workspace.ts()})
    return {"channel": post.channel, "ts": post.ts}


def _own(desk: Desk, args: Json, otherwise: str) -> Post:
    """A post of the bot's own; these methods take no user id for a channel."""
    channel = desk.channel(args["channel"])
    if channel.archived:
        raise SlackError("is_inactive" if otherwise == "cant_update_message" else "is_archived")
    post = desk.workspace.find(channel.id, str(args["ts"]))
    if post is None:
        raise SlackError("message_not_found")
    if post.bot != BOT_ID:
        raise SlackError(otherwise)
    return post


def post_ephemeral(desk: Desk, args: Json) -> Json:
    channel = desk.room(args["channel"])
    user = desk.workspace.users.get(args["user"])
    if user is None or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    check_message(args)
    whispered = desk.workspace.whisper(channel.id, user.id, args.get("text") or "", args.get("blocks") or [], args)
    return {"message_ts": whispered.ts}


def auth_test(desk: Desk, args: Json) -> Json:  # noqa: ARG001
    bot = desk.workspace.users[BOT]
    return {
        "url": "https://fake-workspace.slack.example/",
        "team": "Fake Workspace",
        "user": bot.name,
        "team_id": TEAM,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def connections_open(desk: Desk, args: Json) -> Json:  # noqa: ARG001
    return {"url": desk.socket_url()}


METHODS = {
    "auth.test": Entry(auth_test),
    "apps.connections.open": Entry(connections_open, app=True),
    "chat.postMessage": Entry(post_message, ("channel",), "chat:write"),
    "chat.update": Entry(update, ("channel", "ts"), "chat:write"),
    "chat.delete": Entry(delete, ("channel", "ts"), "chat:write"),
    "chat.postEphemeral": Entry(post_ephemeral, ("channel", "user"), "chat:write"),
}
