"""Writes docs/promises.md and .ja.md anew: make promises."""

from tests.promises.page import PAGES, written

if __name__ == "__main__":
    for language, file in PAGES.items():
        file.write_text(written(language), "utf-8")
