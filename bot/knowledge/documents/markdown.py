"""Markdown → pieces; what would be markup for a browser is text here or nothing."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.knowledge.documents import whole
from bot.knowledge.documents.plain import decode
from bot.knowledge.documents.shape import Piece
from bot.language.headings import DOT
from bot.language.printed import joined, shown

_DEEPEST = 20
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^>]*)?/?>|<!--.*?-->", re.DOTALL)


def read(content: bytes) -> tuple[list[Piece], str]:
    """The pieces, and the first heading of the highest level."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("table")
    pieces = list(_pieces(parser.parse(_without_front_matter(decode(content)))))
    titles = [piece.text for piece in pieces if piece.kind == "heading" and piece.level[0] == 1]
    return pieces, titles[0] if len(titles) == 1 else ""


def _without_front_matter(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].strip() != "---":
        return text
    ends = [place for place, line in enumerate(lines[1:60], start=1) if line.strip() in ("---", "...")]
    return "\n".join(lines[ends[0] + 1 :]) if ends else text


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    level, items, row = 0, list[str](), list[str]()
    in_row = False
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close":
                level = 0
            case "list_item_open":
                items.append(f"{token.info}. " if token.info else DOT)
            case "list_item_close":
                del items[-1:]
            case "tr_open":
                row, in_row = [], True
            case "tr_close":
                in_row = False
                if any(row):
                    yield Piece("item", "　".join(cell for cell in row if cell), "")
            case "fence" | "code_block":
                yield Piece("paragraph", shown(token.content), "")
            case "inline":
                text = shown(_inline(token.children or []))
                if in_row:
                    row.append(text)
                elif text:
                    yield from _block(text, level, items)


def _block(text: str, level: int, items: list[str]) -> Iterator[Piece]:
    if level:
        yield whole.heading(" ".join(text.split("\n")), level, "")
    elif items and items[-1]:
        yield Piece("item", items[-1] + text, "")
        items[-1] = ""  # its further paragraphs have no dot of their own
    else:
        for line in text.split("\n"):
            yield whole.paragraph(line, "")


def _inline(tokens: Sequence[Token]) -> str:
    """Soft breaks are broken lines; tags of ruby and the like vanish, and with them what reads a sign aloud."""
    text, spoken = "", False
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                text = text if spoken else text + token.content
            case "softbreak":
                text += "\n"
            case "hardbreak":
                text += "\n\n"
            case "html_inline":
                tag = _TAG.fullmatch(token.content)
                if tag is None:
                    text += token.content
                elif tag[1] and tag[1].lower() in ("rt", "rp"):
                    spoken = not token.content.startswith("</")
            case "image":
                text += token.content
    return "\n".join(_rejoined(part) for part in text.split("\n\n"))


def _rejoined(text: str) -> str:
    result = ""
    for line in text.split("\n"):
        result = joined(result, line.strip())
    return result
