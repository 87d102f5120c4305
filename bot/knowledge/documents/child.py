"""The process in which a document is read: it has little time and memory, and can open neither files nor connections.

`python -m bot.knowledge.documents.child NAME`: the document on standard input, what was found on standard output."""

import codecs
import io
import json
import os
import resource
import sys
import zipfile
from contextlib import suppress

from bot.knowledge.documents.shape import MOST_BYTES, Unreadable

CPU_SECONDS = 60
MEMORY = 1024**3

_REHEARSAL = b"# 1. One\n\nTwo, three.\n\n* (1) four\n\n| a |\n|---|\n| b |\n\f\n- 2 -\n"


def main(name: str) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    load_all()
    close_the_doors()
    answer = json.dumps(_read(name, content), ensure_ascii=False).encode("utf-8", "replace")
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is left to be tidied up, and a library may want to open something for it


def load_all() -> None:
    """Before the doors are closed: what Python loads only when it is first used, it could not load any more."""
    from bot.knowledge.documents import pdf, reading, word

    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "euc_jp", "iso2022_jp"):
        codecs.lookup(encoding)
    for name in ("a.md", "a.txt", "a.csv"):
        reading.read(name, _REHEARSAL)
    for reader in (pdf.read, word.read):
        with suppress(Unreadable):
            reader(_empty_archive() if reader is word.read else b"%PDF-1.4\n")


def _empty_archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>")
    return packed.getvalue()


def close_the_doors() -> None:
    """No file, no socket, no other process from here on: there is no number left that one could have."""
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _read(name: str, content: bytes) -> dict[str, object]:
    from bot.knowledge.documents import reading

    try:
        found = reading.read(name, content)
    except Unreadable as error:
        return {"refused": error.reason}
    except MemoryError:
        return {"refused": "too_heavy"}
    except Exception as error:  # whatever a broken file makes a library do: the file is broken
        return {"refused": "broken", "error": type(error).__name__}
    passages = [[each.heading, each.point, each.page, each.body] for each in found.passages]
    return {"title": found.title, "kind": found.kind, "pages": found.pages, "passages": passages}


if __name__ == "__main__":
    main(sys.argv[1])
