"""The three parse modes, as far as needed to refuse what Telegram refuses and to bring the rest to life."""

import html
import re

from tests.telegram.shapes import Json, bad_request
from tests.telegram.typed import units

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
_TAG = re.compile(r"<(/?)([a-zA-Z-]+)([^<>]*)>|<")
_HREF = re.compile(r"""href\s*=\s*["']?([^"'>\s]*)""")
_MARKS = {
    "Markdown": {"*": "bold", "_": "italic", "```": "pre", "`": "code"},
    "MarkdownV2": {
        "*": "bold",
        "__": "underline",
        "_": "italic",
        "||": "spoiler",
        "~": "strikethrough",
        "```": "pre",
        "`": "code",
    },
}
_RESERVED = "_*[]()~`>#+-=|{}.!"


def parsed_text(text: str, mode: str) -> tuple[str, list[Json]]:
    """The words without their marks, and the entities the marks stood for."""
    if mode.lower() == "html":
        return _html(text)
    name = {"markdown": "Markdown", "markdownv2": "MarkdownV2"}.get(mode.lower())
    if name is None:
        raise bad_request("unsupported parse_mode")
    return _markdown(text, name)


def _unparsable(words: str) -> Exception:
    return bad_request(f"can't parse entities: {words}")


def _html(text: str) -> tuple[str, list[Json]]:
    plain, entities, opened, last = "", [], [], 0
    for tag in _TAG.finditer(text):
        plain += html.unescape(text[last : tag.start()])
        last = tag.end()
        at, name = len(text[: tag.start()].encode()), (tag[2] or "").lower()
        if name not in _TAGS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {at}')
        if not tag[1]:
            opened.append((name, units(plain), tag[3]))
            continue
        if not opened or opened[-1][0] != name:
            raise _unparsable(f"Unexpected end tag at byte offset {at}")
        _, start, attributes = opened.pop()
        entities.append(_marked(_TAGS[name], start, units(plain), _HREF.search(attributes)))
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return plain + html.unescape(text[last:]), entities


def _marked(kind: str, start: int, end: int, link: re.Match[str] | None = None) -> Json:
    found: Json = {"type": kind, "offset": start, "length": end - start}
    return found | {"url": link[1]} if kind == "text_link" and link else found


def _markdown(text: str, mode: str) -> tuple[str, list[Json]]:
    plain, place = "", 0
    entities: list[Json] = []
    opened: list[tuple[str, int, int]] = []
    marks = sorted(_MARKS[mode], key=len, reverse=True)
    while place < len(text):
        link = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)").match(text, place)
        mark = next((each for each in marks if text.startswith(each, place)), "")
        if text[place] == "\\" and text[place + 1 : place + 2] in tuple(_RESERVED):
            plain, place = plain + text[place + 1], place + 2
        elif link:
            start = units(plain)
            plain, place = plain + link[1], link.end()
            entities.append({"type": "text_link", "offset": start, "length": units(link[1]), "url": link[2]})
        elif mark and opened and opened[-1][0] == mark:
            entities.append(_marked(_MARKS[mode][mark], opened.pop()[1], units(plain)))
            place += len(mark)
        elif mark:
            opened.append((mark, units(plain), len(text[:place].encode())))
            place += len(mark)
        elif mode == "MarkdownV2" and text[place] in _RESERVED:
            raise _unparsable(f"Character '{text[place]}' is reserved and must be escaped with the preceding '\\'")
        else:
            plain, place = plain + text[place], place + 1
    if opened:
        kind = _MARKS[mode][opened[-1][0]]
        name = f"{kind.capitalize()} entity" if mode == "MarkdownV2" else "the entity"
        raise _unparsable(
            f"Can't find end of {name} {'starting ' if mode == 'Markdown' else ''}at byte offset {opened[-1][2]}"
        )
    return plain, entities
