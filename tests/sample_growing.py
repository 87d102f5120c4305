"""Samples of what grows around the handbook: notes from peers, gaps, voices, and a line a day."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from bot.chat.messages import Message
from bot.knowledge.points import Entry
from bot.store.gaps import Unanswered
from bot.store.opinions import Counts
from bot.store.peer_notes import PeerNote, Said
from bot.views import forms
from bot.views.cards import daily_line, gaps, handbook_entry, peer_notes
from bot.views.found import Found
from bot.views.text import Text

ROOMS = (daily_line, gaps, peer_notes)

_ID = "x" * 22
_SAID = Said("助" * forms.HELPED_LIMIT, "言" * forms.TRIED_LIMIT, "名" * forms.NAME_LIMIT)
_NOTES = [PeerNote(_ID, "item.1", "2026-12", each) for each in (_SAID, Said("助かりました"), _SAID, _SAID, _SAID)]


def samples(text: Text, entries: Sequence[Entry]) -> dict[Callable[..., object], Iterable[Message]]:
    longest = max(entries, key=lambda entry: len(entry.summary) + len(entry.body))
    card = handbook_entry.entry_card(text, Found(longest), [Found(each) for each in entries[:2]])
    return {
        daily_line.today: [daily_line.today(text, each) for each in entries],
        daily_line.choose: [daily_line.choose(text, each) for each in ("", "08:30")],
        daily_line.begun: [daily_line.begun(text, "08:30", datetime(2026, 12, 31, 14, 30, tzinfo=UTC))],
        gaps.unanswered: [
            gaps.unanswered(text, []),
            gaps.unanswered(text, [Unanswered(_ID, "2026-12", "問" * 2000)] * 99, 90),
        ],
        gaps.voices: [gaps.voices(text, []), gaps.voices(text, [(longest, Counts(9_999, 1))] * 10)],
        peer_notes.beside: [peer_notes.beside(text, card, longest, notes) for notes in ([], _NOTES[:1], _NOTES)],
        peer_notes.every: [
            peer_notes.every(text, longest, _NOTES, coordinator=True),
            peer_notes.every(text, longest, _NOTES, 4),
        ],
        peer_notes.preview: [peer_notes.preview(text, _ID, longest, each) for each in (_SAID, Said("助かりました"))],
        peer_notes.receipt: [peer_notes.receipt(text, _ID)],
        peer_notes.to_check: [
            peer_notes.to_check(text, _NOTES[0], longest.title, 99),
            peer_notes.to_check(text, _NOTES[1], "", 1),
        ],
    }
