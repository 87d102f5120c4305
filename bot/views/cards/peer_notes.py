"""仲間のメモ: what peers add to an entry, in their words; those stand in quote and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Button, Message
from bot.knowledge.points import Entry
from bot.store.peer_notes import PeerNote, Said
from bot.views.text import Text

BESIDE = 2
"""So many are shown under an entry; the others behind a button."""

AT_ONCE = 4


def beside(text: Text, card: Message, entry: Entry, notes: Sequence[PeerNote]) -> Message:
    """The card of an entry, with what peers have added to it."""
    shown, more = notes[:BESIDE], len(notes) > BESIDE
    title = text("peers.beside")
    rest = [Button(text("peers.all", count=len(notes)), "peers.show", _place(entry.id, 0))] if more else []
    return replace(
        card,
        body=f"{card.body}\n\n{title}" if shown else card.body,
        quote="\n\n".join([*([card.quote] if card.quote else []), *(_words(text, each) for each in shown)]),
        note=f"{card.note}\n{text('peers.not_official')}".strip() if shown else card.note,
        buttons=(*card.buttons, *rest, Button(text("peers.begin"), "peers.begin", entry.id)),
    )


def every(text: Text, entry: Entry, notes: Sequence[PeerNote], first: int = 0, *, coordinator: bool = False) -> Message:
    """From the one after so many on."""
    shown = list(enumerate(notes[first : first + AT_ONCE], start=first + 1))
    more = len(notes) > first + AT_ONCE
    hiding = [Button(text("peers.hide_shown", number=number), "peers.hide", each.id) for number, each in shown]
    next_ones = Button(text("peers.more"), "peers.show", _place(entry.id, first + AT_ONCE))
    return Message(
        title=text("peers.beside"),
        body=entry.title,
        quote="\n\n".join(text("peers.numbered", number=number, words=_words(text, each)) for number, each in shown),
        note=text("peers.not_official"),
        buttons=(
            *((next_ones,) if more else ()),
            Button(text("peers.entry"), "handbook.entry", entry.id),
            Button(text("peers.begin"), "peers.begin", entry.id),
            *(hiding if coordinator else ()),
        ),
    )


def preview(text: Text, draft: str, entry: Entry, said: Said) -> Message:
    """What a coordinator will read, and then everybody."""
    return Message(
        title=text("peers.preview_title"),
        body=text("peers.preview", title=entry.title),
        quote=_said(text, said, text("peers.you", name=said.name) if said.name else text("peers.nobody")),
        note=text("peers.preview_note"),
        buttons=(
            Button(text("peers.leave"), "peers.leave", draft),
            Button(text("worry.edit"), "peers.rewrite", draft),
            Button(text("worry.drop"), "peers.drop", draft),
        ),
    )


def receipt(text: Text, secret: str) -> Message:
    """The only way back to a note: it says nothing of its words."""
    return Message(
        title=text("peers.receipt_title"),
        body=text("peers.receipt"),
        note=text("peers.receipt_note"),
        buttons=(Button(text("peers.withdraw"), "peers.withdraw", secret),),
    )


def to_check(text: Text, note: PeerNote, title: str, waiting: int) -> Message:
    """One of those that wait. title: of the entry it belongs to; empty where that is there no more."""
    return Message(
        title=text("peers.check"),
        body=text("peers.checking", waiting=waiting, title=title or text("peers.entry_gone")),
        quote=_words(text, note),
        note=text("peers.check_note"),
        buttons=(
            Button(text("peers.release"), "peers.release", note.id),
            Button(text("learning.hide"), "peers.hide", note.id),
            *((Button(text("learning.another"), "peers.check"),) if waiting > 1 else ()),
        ),
    )


def as_entry(text: Text, note: PeerNote, about: Entry) -> Entry:
    """For the search, which reads the words; a list of what was found shows ours alone."""
    said = note.said
    return replace(
        about,
        id=f"peer.{note.id}",
        kind="peer",
        summary=text("peers.found", month=note.month),
        body="\n".join(each for each in (said.helped, said.tried) if each),
        related=(about.id,),
        questions=(),
        edition=text("peers.edition"),
    )


def _words(text: Text, note: PeerNote) -> str:
    name = note.said.name
    by = text("peers.by", name=name, month=note.month) if name else text("peers.by_nobody", month=note.month)
    return _said(text, note.said, by)


def _said(text: Text, said: Said, by: str) -> str:
    tried = [text("peers.tried", words=said.tried)] if said.tried else []
    return "\n".join([said.helped, *tried, by])


def _place(entry_id: str, first: int) -> str:
    return f"{entry_id}:{first}"
