"""views.*: modals that a trigger opens, and home tabs."""

from tests.slack.blocks import Json
from tests.slack.limits import SlackError, check_view
from tests.slack.methods import Desk, Entry
from tests.slack.views import DEEPEST, OpenView
from tests.slack.workspace import APP, BOT_ID, TEAM


def as_view(opened: OpenView) -> Json:
    """As Slack writes a view: where nothing is filled in, the values are an empty list."""
    view = opened.view
    return {
        "id": opened.id,
        "team_id": TEAM,
        "type": view["type"],
        "blocks": view["blocks"],
        "private_metadata": view.get("private_metadata", ""),
        "callback_id": view.get("callback_id", ""),
        "state": {"values": opened.state or []},
        "hash": opened.hash,
        "title": view.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": view.get("clear_on_close", False),
        "notify_on_close": view.get("notify_on_close", False),
        "close": view.get("close"),
        "submit": view.get("submit"),
        "previous_view_id": opened.previous or None,
        "root_view_id": opened.root,
        "app_id": APP,
        "external_id": view.get("external_id", ""),
        "app_installed_team_id": TEAM,
        "bot_id": BOT_ID,
    }


def open_view(desk: Desk, args: Json) -> Json:
    check_view(args["view"], "modal")
    _new_external_id(desk, args["view"])
    user = desk.doors.exchange(str(args["trigger_id"]))
    return {"view": as_view(desk.workspace.views.open(user, args["view"]))}


def push(desk: Desk, args: Json) -> Json:
    check_view(args["view"], "modal")
    _new_external_id(desk, args["view"])
    user = desk.doors.exchange(str(args["trigger_id"]))
    stack = desk.workspace.views.stacks.get(user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    return {"view": as_view(desk.workspace.views.push(user, args["view"]))}


def _new_external_id(desk: Desk, view: Json) -> None:
    external_id = view.get("external_id")
    if external_id and desk.workspace.views.find(external_id=external_id):
        raise SlackError("duplicate_external_id")


def update(desk: Desk, args: Json) -> Json:
    if not args.get("view_id") and not args.get("external_id"):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view_id"])
    check_view(args["view"], "modal")
    opened = desk.workspace.views.find(args.get("view_id") or "", args.get("external_id") or "")
    if opened is None or opened.view["type"] != "modal":
        raise SlackError("not_found")
    _same_hash(opened, args)
    return {"view": as_view(desk.workspace.views.update(opened, args["view"]))}


def publish(desk: Desk, args: Json) -> Json:
    user = desk.workspace.users.get(args["user_id"])
    if user is None or user.bot:
        raise SlackError("invalid_arguments", ["invalid `user_id`"])
    check_view(args["view"], "home")
    home = desk.workspace.views.homes.get(user.id)
    if home is not None:
        _same_hash(home, args)
    return {"view": as_view(desk.workspace.views.publish(user.id, args["view"]))}


def _same_hash(opened: OpenView, args: Json) -> None:
    """Who names a hash wants to change exactly the view they know."""
    if args.get("hash") and args["hash"] != opened.hash:
        raise SlackError("hash_conflict")


METHODS = {
    "views.open": Entry(open_view, ("trigger_id", "view")),
    "views.push": Entry(push, ("trigger_id", "view")),
    "views.update": Entry(update, ("view",)),
    "views.publish": Entry(publish, ("user_id", "view")),
}
