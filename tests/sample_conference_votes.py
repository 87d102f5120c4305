"""Every card of a vote, as full as it can become."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from bot.chat.messages import Message
from bot.store.ballots import Ballot, Voter
from bot.store.conferences import ANSWERS, PublicConference
from bot.views.cards import conference, conference_votes
from bot.views.conference_forms import OWN_NAME_LIMIT
from bot.views.text import Text


def small(full: PublicConference) -> PublicConference:
    """With as many slots as are answered on the card itself."""
    return replace(full, slots=full.slots[: conference_votes.IN_PLACE])


def cards(text: Text, full: PublicConference) -> dict[Callable[..., object], Iterable[Message]]:
    """full: with as many slots as there can be. Names are shown, and everybody answered."""
    shown = replace(full, hidden=False, closes_at=full.slots[0].starts_at)
    voters = [
        Voter(name, {slot.number: ANSWERS[(slot.number + each) % len(ANSWERS)] for slot in shown.slots})
        for each in range(30)
        for name in ("名" * OWN_NAME_LIMIT, "")
    ]
    before = shown.slots[0].starts_at - timedelta(days=1)
    blank = Ballot(shown, before, {}, "", tuple(voters))
    whole = replace(blank, own={slot.number: "maybe" for slot in shown.slots}, name="名" * OWN_NAME_LIMIT)
    half_past = replace(whole, now=shown.slots[2].starts_at)
    return {
        conference.poll: [
            conference.poll(text, full),
            conference.poll(text, small(shown), voters),
            conference.poll(text, replace(small(shown), hidden=True)),
            conference.poll(text, replace(small(shown), state="closed"), voters),
        ],
        conference_votes.noted: [
            conference_votes.noted(text, blank, shown.slots[:1], "yes"),
            conference_votes.noted(text, whole, shown.slots, "yes"),
        ],
        conference_votes.pad: [
            *(conference_votes.pad(text, blank, page) for page in (1, 2, 9)),
            conference_votes.pad(text, whole),
            conference_votes.pad(text, blank, 2, dialog=True),
            conference_votes.pad(text, half_past),
        ],
        conference_votes.in_words: [
            conference_votes.in_words(text, whole),
            conference_votes.in_words(text, replace(whole, conference=small(shown))),
        ],
    }
