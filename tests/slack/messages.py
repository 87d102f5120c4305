"""Posts as Slack writes them in answers and events."""

from tests.slack.blocks import Json
from tests.slack.workspace import APP, TEAM, Post, Workspace


def as_message(workspace: Workspace, post: Post, *, metadata: bool = False) -> Json:
    """metadata: it is shown only to those who ask for it."""
    message: Json = {"type": "message", "user": post.user, "text": post.text, "ts": post.ts, "team": TEAM}
    if post.subtype:
        message["subtype"] = post.subtype
    if post.bot:
        message |= {"bot_id": post.bot, "app_id": APP, "bot_profile": _profile(workspace, post.bot)}
    if post.blocks:
        message["blocks"] = post.blocks
    if post.edited and not post.blocks:
        message["edited"] = {"user": post.user, "ts": post.edited}
    if metadata and post.metadata:
        message["metadata"] = post.metadata
    return message | _thread(workspace, post)


def _profile(workspace: Workspace, bot: str) -> Json:
    return {"id": bot, "app_id": APP, "name": workspace.users["U0BOT"].name, "deleted": False, "team_id": TEAM}


def _thread(workspace: Workspace, post: Post) -> Json:
    if post.thread_ts:
        parent = workspace.find(post.channel, post.thread_ts)
        return {"thread_ts": post.thread_ts} | ({"parent_user_id": parent.user} if parent else {})
    replies = [each for each in post.replies if not each.deleted]
    if not replies:
        return {}
    return {"thread_ts": post.ts, "reply_count": len(replies), "latest_reply": replies[-1].ts}


def as_event(workspace: Workspace, post: Post) -> Json:
    """The message event of this post, to go into an event callback."""
    kinds = {"im": "im", "public": "channel", "private": "group"}
    event = as_message(workspace, post, metadata=True)
    kind = kinds[workspace.channels[post.channel].kind]
    return event | {"channel": post.channel, "event_ts": post.ts, "channel_type": kind}
