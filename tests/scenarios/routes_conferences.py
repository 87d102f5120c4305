"""For every door about case conferences, something that really opens it."""

from datetime import UTC, datetime

from bot.chat.messages import Form
from bot.store import series
from bot.store.conferences import PublicConference
from bot.store.session import Session
from bot.views import conference_date_forms, conference_forms, conference_meeting_forms
from bot.views.text import Text
from tests.scenarios import routes_sheets

TIMES = "12/9 14:00\n12/10 14:00"
THURSDAY = "20270107"


def arguments(conference: str, repeats: str) -> dict[str, str]:
    """By the action, where it is not the conference's id alone."""
    of_role = ("take", "role", "offer", "keep", "release", "free")
    fixed = {
        "conference.choose": f"{conference}.1",
        "conference.fix": f"{conference}.1",
        "conference.write": f"{conference}.idea",
        "conference.my_steps": "",
        "conference.new": "code",
        "conference.pattern": "mornings",
        "conference.options": f"{conference}.roles",
        "conference.option": f"{conference}.fewest.3",
        "conference.size": f"{conference}.8",
        **{f"conference.{each}": f"{conference}.chair" for each in of_role},
        "conference.page": f"{conference}.1",
        "conference.rest": f"{conference}.1",
        **{f"conference.{each}": f"{conference}.1.yes" for each in ("mark", "set")},
        "conference.cancelled": f"{conference}.0.0",
        **{f"conference.{each}": f"{conference}.0" for each in ("suits", "unsuited")},
        "series.begin": f"{conference}.week",
        **{f"series.{each}": conference for each in ("choose", "come", "absent")},
        **{f"series.{each}": repeats for each in ("show", "rests", "shift", "stop", "stopped")},
        **{f"series.{each}": f"{repeats}.{THURSDAY}" for each in ("hold", "other", "rest")},
    }
    return fixed | routes_sheets.arguments(conference)


def series_of(session: Session) -> str:
    """One in every week."""
    starts_at = datetime(2027, 1, 7, 14, tzinfo=UTC)
    return series.begin(session, "居場所", 90, "case", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", starts_at, "").id


def forms(text: Text, poll: PublicConference, repeats: str) -> list[tuple[Form, dict[str, str]]]:
    return [
        (conference_date_forms.move(text, poll), {"times": TIMES}),
        (conference_forms.vote(text, poll, {}), {f"slot{slot.number}": "yes" for slot in poll.slots}),
        (conference_forms.own_name(text, poll.id), {"name": "あおい"}),
        (conference_forms.conference(text), {"theme": "居場所", "times": TIMES}),
        (conference_forms.place(text, poll.id, ""), {"place": "市民会館 2階"}),
        (conference_forms.support_meeting(text), {"times": TIMES}),
        (conference_forms.series_date(text, f"{repeats}.{THURSDAY}"), {"times": TIMES}),
        (conference_meeting_forms.note(text, poll.id, "idea"), {"text": "手紙を書く"}),
        (conference_meeting_forms.step(text, poll.id), {"text": "手紙を書く", "role": "chair", "window": "week"}),
        *routes_sheets.forms(text, poll.id),
    ]
