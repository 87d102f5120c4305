"""What the Bot API refuses in texts, entities, keyboards and commands, and what becomes of a text on its way."""

import re

from tests.telegram.parse_modes import parsed_text
from tests.telegram.shapes import Json, bad_request
from tests.telegram.typed import find, units

TEXT, CALLBACK_DATA, ALERT = 4_096, 64, 200
INLINE_BUTTONS, ROW_BUTTONS, ALL_BUTTONS = 100, 8, 300
COMMANDS, DESCRIPTION = 100, 256

GIVEN = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
}
"""The kinds a bot may set; the ones Telegram finds itself are taken and passed over."""
FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}

_DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
_BLANKED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)
_ACTIONS = ("callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "callback_game", "pay")


def checked_text(args: Json) -> tuple[str, list[Json]]:
    """The text as Telegram keeps it, with its entities: the explicit ones and those it finds."""
    text = args.get("text") or ""
    text = _BLANKED.sub(" ", _DROPPED.sub("", text if isinstance(text, str) else str(text)))
    if args.get("parse_mode"):
        text, entities = parsed_text(text, str(args["parse_mode"]))
    else:
        entities = _explicit(args.get("entities"), text)
    text, entities = _trimmed(text, entities)
    if not text:
        raise bad_request("message text is empty")
    if units(text) > TEXT:
        raise bad_request("message is too long")
    return text, find(text, entities)


def _explicit(given: object, text: str) -> list[Json]:
    """A list that cannot be read counts as none."""
    if not isinstance(given, list):
        return []
    kept = [_entity(each, text) for each in given]
    return [each for each in kept if each is not None]


def _entity(given: object, text: str) -> Json | None:
    if not isinstance(given, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = given.get("type"), given.get("offset"), given.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        missing = "length" if isinstance(offset, int) else "offset"
        raise bad_request(f'can\'t parse MessageEntity: Field "{missing}" must be of type Number')
    if kind in FOUND:
        return None
    if kind not in GIVEN:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if not 0 <= offset <= 1_000_000:
        raise bad_request("receive an entity with incorrect offset")
    if not 0 <= length <= 1_000_000:
        raise bad_request("receive an entity with incorrect length")
    raw = text.encode("utf-16-le", "surrogatepass")
    end = min(offset + length, len(raw) // 2)
    for border in (offset, end):
        if _splits(raw, border):
            raise bad_request(f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol")
    return {**given, "length": end - offset} if end > offset else None


def _splits(raw: bytes, border: int) -> bool:
    """The border lies inside a letter of two code units."""
    low = raw[border * 2 : border * 2 + 2]
    return border > 0 and len(low) == 2 and 0xDC <= low[1] <= 0xDF


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without blank space at the end, and at the beginning as far as no entity lies over it."""
    text = text.rstrip()
    first = min((each["offset"] for each in entities), default=len(text))
    blank = min(len(text) - len(text.lstrip(" \n")), first)
    end = units(text)
    moved = [
        each | {"offset": each["offset"] - blank, "length": min(each["length"], end - each["offset"])}
        for each in entities
        if each["offset"] < end
    ]
    return text[blank:], moved


def checked_markup(given: object, *, inline: bool = False) -> Json | None:
    """The keyboard as Telegram keeps it. inline: nothing else may stand there."""
    if given in (None, "", {}):
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return _inline(given["inline_keyboard"])
    if inline:
        raise bad_request("inline keyboard expected")
    if "keyboard" in given:
        rows = [[_plain_button(each) for each in row][:12] for row in _rows(given["keyboard"], "Keyboard")]
        return {**given, "keyboard": rows}
    return given


def _rows(given: object, name: str) -> list[list[object]]:
    if not isinstance(given, list):
        raise bad_request(f'field "{name.lower()}" of the ReplyKeyboardMarkup must be an Array')
    if not all(isinstance(row, list) for row in given):
        raise bad_request(f'field "{name.lower()}" must be an Array of Arrays')
    if sum(len(row) for row in given) > ALL_BUTTONS:
        raise bad_request("reply markup is too long")
    return given


def _plain_button(button: object) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad_request("KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return button


def _inline(given: object) -> Json | None:
    rows = [[_inline_button(each) for each in row] for row in _rows(given, "inline_keyboard")]
    if sum(len(row) for row in rows) > INLINE_BUTTONS:
        raise bad_request("reply markup is too long")
    kept = [[each for each in row if each["text"]][:ROW_BUTTONS] for row in rows]
    kept = [row for row in kept if row]
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not any(button.get(name) not in (None, "") for name in _ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data") or "").encode()) > CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url and not re.match(r"(https?|tg)://[^\s/]+|[^\s/:]+\.[^\s/:]+", str(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def checked_commands(given: object) -> list[Json]:
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in given:
        if not isinstance(each, dict) or not isinstance(each.get("command"), str):
            raise bad_request("can't parse BotCommand: Can't find field \"command\"")
        if not _COMMAND.fullmatch(each["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(each.get("description") or "")) <= DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return [{"command": each["command"].removeprefix("/"), "description": each["description"]} for each in given]
