"""The forms people fill; every label comes from the catalogue."""

from collections.abc import Mapping, Sequence

from bot.chat.messages import Choice, Field, Form
from bot.store.areas import PREFECTURES, REGIONS, WORKS
from bot.store.places import EVERYWHERE, Place
from bot.store.reports import REASONS
from bot.views.text import Text

UNSAID = "unsaid"

WORRY_LIMIT = 1000
"""Characters, counted as people count (features.md, story 1)."""

NAME_LIMIT = 30
LEARNING_LIMIT = 300
HELPED_LIMIT = 300
TRIED_LIMIT = 200

_SEEN = {"group": "handbook.seen_in_group", "chat": "handbook.seen_in_chat"}


def worry(
    text: Text,
    places: Sequence[Place],
    values: Mapping[str, str] | None = None,
    earlier: str = "",
    *,
    everywhere: bool = True,
    seen: str = "",
) -> Form:
    """The audience is asked only where there is a choice. earlier: the preview that is being rewritten. everywhere:
    whether it may go to all places at once. seen: who has read the same words as a question, with whom it is: "group",
    or "chat"."""
    values = values or {}
    label = text("worry.field_text") if not seen else f"{text('worry.field_text')}\n{text(_SEEN[seen])}"
    fields = [Field("text", label, "paragraph", limit=WORRY_LIMIT, value=values.get("text", ""), checked=True)]
    if len(places) > 1:
        wider = [Choice(EVERYWHERE, text("worry.everywhere"))] if everywhere else []
        choices = [*wider, *(Choice(place.id, place.name) for place in places)]
        value = values.get("audience", choices[0].value)
        fields.append(Field("audience", text("worry.field_audience"), "choice", choices=tuple(choices), value=value))
    return Form("worry.share", text("worry.form_title"), tuple(fields), argument=earlier)


def rewritten(text: Text, words: str, about: str) -> Form:
    """about: the worry that stands already, and the last look that the new one takes the place of."""
    field = Field("text", text("worry.field_text"), "paragraph", limit=WORRY_LIMIT, value=words, checked=True)
    return Form("worry.rewrite", text("worry.rewrite_title"), (field,), argument=about)


def profile(text: Text, area: str, work: str) -> Form:
    """Where one works and what one is, as far as one wishes to say."""
    nothing = Choice(UNSAID, text("people.unsaid"))
    areas = [Choice(code, text(f"people.area.{code}")) for code in (*PREFECTURES, *REGIONS)]
    works = [Choice(code, text(f"people.work.{code}")) for code in WORKS]
    return Form(
        "profile.say",
        text("people.title"),
        (
            Field("area", text("people.field_area"), "choice", choices=(nothing, *areas), value=area or UNSAID),
            Field("work", text("people.field_work"), "choice", choices=(nothing, *works), value=work or UNSAID),
        ),
    )


def question(text: Text, value: str = "") -> Form:
    field = Field("question", text("handbook.field"), "paragraph", limit=2000, value=value)
    return Form("handbook.ask", text("handbook.form_title"), (field,))


def code(text: Text) -> Form:
    return Form("join.code", text("join.form_title"), (Field("code", text("join.field_code"), limit=100),))


def answer(text: Text, about: str, words: str = "") -> Form:
    """about: `worry:ID`, or `answer:ID` to speak to one answer. words: what stands there to be mended."""
    field = Field("text", text("worry.field_answer"), "paragraph", limit=WORRY_LIMIT, value=words, checked=True)
    return Form("worry.answer", text("worry.answer_title"), (field,), argument=about)


def stopping(text: Text, subject_id: str) -> Form:
    """Why words are held back, and a line to whoever wrote them."""
    reasons = tuple(Choice(each, text(f"report.reason.{each}")) for each in REASONS)
    return Form(
        "moderation.stop",
        text("moderation.stop"),
        (
            Field("reason", text("moderation.field_reason"), "choice", choices=reasons),
            Field("line", text("moderation.field_line"), "paragraph", required=False, limit=300, checked=True),
        ),
        argument=subject_id,
    )


def answer_with_name(text: Text, about: str, name: str = "", words: str = "") -> Form:
    """name: what they are called in this thread already. words: what stands there to be mended."""
    said = Field("text", text("answer.field_text"), "paragraph", limit=WORRY_LIMIT, value=words, checked=True)
    called = Field("name", text("answer.field_name"), limit=NAME_LIMIT, value=name)
    return Form("worry.answer_named", text("answer.reply_named"), (said, called), argument=about)


def aside(text: Text, talk: str) -> Form:
    field = Field("text", text("talk.field_text"), "paragraph", limit=WORRY_LIMIT, checked=True)
    return Form("talk.answer", text("talk.write"), (field,), argument=talk)


def own_name(text: Text, talk: str) -> Form:
    field = Field("name", text("talk.field_name"), limit=NAME_LIMIT)
    return Form("talk.named", text("talk.name"), (field,), argument=talk)


def learning(text: Text) -> Form:
    field = Field("text", text("learning.field"), "paragraph", limit=LEARNING_LIMIT, checked=True)
    return Form("learning.leave", text("learning.begin"), (field,))


def peer_note(text: Text, about: str, values: Mapping[str, str] | None = None) -> Form:
    """about: the entry it stands under, and after a colon the preview that is being rewritten."""
    values = values or {}
    helped, tried, name = (values.get(each, "") for each in ("helped", "tried", "name"))
    return Form(
        "peers.write",
        text("peers.begin"),
        (
            Field("helped", text("peers.field_helped"), "paragraph", limit=HELPED_LIMIT, value=helped, checked=True),
            Field("tried", text("peers.field_tried"), "paragraph", False, TRIED_LIMIT, value=tried, checked=True),
            Field("name", text("peers.field_name"), required=False, limit=NAME_LIMIT, value=name),
        ),
        argument=about,
    )


def update(text: Text, about: str, value: str = "") -> Form:
    """How a worry went on. about: the worry, and after a colon the preview that is being rewritten."""
    label = text("following_up.field_update")
    field = Field("text", label, "paragraph", limit=WORRY_LIMIT, value=value, checked=True)
    return Form("following_up.write", text("following_up.update_title"), (field,), argument=about)
