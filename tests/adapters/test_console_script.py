"""Scenes played in the console against a tiny bot: people, places, forms both ways, expectations, the clock."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from bot.adapters.console import Console, play
from bot.chat.events import Address, Command, Event, Press, Submit, Text
from bot.chat.messages import Button, Choice, Field, Form, Message, Reply
from bot.views.text import Text as Catalogue

TOKYO = ZoneInfo("Asia/Tokyo")
SQUARE = Address("console", "demo", "#広場")
FORM = Form(
    "share",
    "打ち明ける",
    (
        Field("text", "悩み", "paragraph", limit=20),
        Field("to", "とどける先", "choice", choices=(Choice("all", "みんな"), Choice("one", "広場だけ")), value="all"),
        Field("extra", "ひとこと", required=False),
    ),
)


class Bot:
    """Plays the application: it remembers every event, and its letters wait until the host is asked for quiet."""

    timezone = TOKYO

    def __init__(self) -> None:
        self.clock = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
        self.events: list[Event] = []
        self.letters: list[tuple[datetime, Address, Message]] = []
        self.console = Console(Catalogue("ja", TOKYO), self, {"supporter": "S", "coordinator": "C"}, session="t")

    def now(self) -> datetime:
        return self.clock

    async def advance(self, by: timedelta) -> None:
        self.clock += by

    async def settled(self) -> None:
        due = [letter for letter in self.letters if letter[0] <= self.clock]
        self.letters = [letter for letter in self.letters if letter not in due]
        for at, address, message in due:
            await self.console.send(address, message, key=f"{at}{message.body}")

    def post(self, address: Address, message: Message, after: timedelta = timedelta()) -> None:
        self.letters.append((self.clock + after, address, message))

    async def __call__(self, event: Event) -> Reply | None:
        self.events.append(event)
        match event.body:
            case Command("join", code):
                return Reply(Message(title=f"ようこそ {code}", body="二行目は出ない"))
            case Command("worry") if event.modal:
                return Reply(form=FORM)
            case Command("worry"):
                return Reply(Message("悩みを書いてください", buttons=(Button("やめる", "stop"),)))
            case Command("form"):
                return Reply(form=FORM)
            case Command("later"):
                self.post(event.private, Message("三日たちました"), timedelta(days=3))
            case Submit(_, answers) if "禁句" in answers["text"]:
                kept = tuple(
                    Field(f.name, f.label, f.kind, f.required, f.limit, f.choices, answers[f.name]) for f in FORM.fields
                )
                return Reply(Message("その言葉は使えません"), Form(FORM.name, FORM.title, kept))
            case Submit(_, answers):
                self.post(SQUARE, Message(quote=answers["text"], buttons=(Button("返信する", "reply"),)))
                return Reply(Message("届けました", buttons=(Button("取り消す", "undo"),)))
            case Press("undo"):
                return Reply(Message("取り消しました"), replace=True)
            case Press("reply"):
                self.post(
                    Address("console", "demo", "hana"), Message("お知らせです", buttons=(Button("ひらく", "open"),))
                )
                return Reply(Message("ありがとう"))
            case Text(text):
                return Reply(Message(f"受けとりました: {text[:30]}"))
        return None


async def played(scene: str, bot: Bot | None = None) -> tuple[int, str]:
    bot, out = bot or Bot(), StringIO()
    status = await play(bot.console, bot, scene.strip().splitlines(), "x.scene", out)
    return status, out.getvalue()


async def passes(scene: str, bot: Bot | None = None) -> str:
    status, transcript = await played(scene, bot)
    assert status == 0, transcript
    return transcript


async def test_a_dialog_takes_a_line_for_each_field_and_submits_once() -> None:
    bot = Bot()
    scene = r"""
# hana が打ち明けます
/worry
expect （1/3）悩み
つらい\nです
expect [2] 広場だけ
expect いまの内容: みんな
2
:skip
expect 届けました
expect 取り消す
"""
    transcript = await passes(scene, bot)
    assert bot.events[-1].body == Submit("share", {"text": "つらい\nです", "to": "one", "extra": ""})
    assert [event.modal for event in bot.events] == [True, True, True]
    assert [event.id for event in bot.events] == ["t:1", "t:2", "t:3"]
    assert "# hana が打ち明けます\nhana@ふたりだけ > /worry\n" in transcript
    assert "hana さんが加わりました。ようこそ S" in transcript
    assert "二行目は出ない" not in transcript


async def test_a_line_that_does_not_fit_a_field_is_asked_again() -> None:
    scene = f"""
/worry
{"あ" * 21}
expect 20文字まで
つらい
どこか
expect 1から2の番号
広場だけ
ひとこと
expect 届けました
"""
    await passes(scene)


async def test_a_required_field_cannot_be_skipped_and_cancel_sends_nothing() -> None:
    bot = Bot()
    await passes("/worry\n:skip\nexpect 「悩み」は必要です\nつらい\n:cancel\nexpect とりやめました\nhello\n", bot)
    assert [type(event.body) for event in bot.events] == [Command, Command, Text]
    await passes(":skip\nexpect いま開いているフォームはありません", bot)


async def test_an_empty_line_keeps_what_stands_in_a_field() -> None:
    bot = Bot()
    await passes("/worry\nつらい", bot)
    await bot.console.desk.enter("\n")
    await bot.console.desk.enter("　")
    assert bot.events[-1].body == Submit("share", {"text": "つらい", "to": "all", "extra": ""})


async def test_a_dialog_waits_while_someone_else_sits_here() -> None:
    bot = Bot()
    scene = """
/worry
:as ken
やあ
:as hana
つらい
:skip
:skip
expect 届けました
:cancel
expect いま開いているフォームはありません
:dm
:help
expect :people
"""
    transcript = await passes(scene, bot)
    assert transcript.count("（1/3）悩み") == 2
    assert [event.sender for event in bot.events] == ["hana", "hana", "ken", "ken", "hana"]


async def test_a_refused_dialog_opens_again_with_what_was_written() -> None:
    bot = Bot()
    scene = """
/worry
禁句です
:skip
ひとこと
expect その言葉は使えません
expect いまの内容: 禁句です
だいじょうぶ
:skip
:skip
expect 届けました
"""
    await passes(scene, bot)
    assert bot.events[-1].body == Submit("share", {"text": "だいじょうぶ", "to": "all", "extra": "ひとこと"})


async def test_a_person_without_dialogs_is_asked_in_words() -> None:
    bot = Bot()
    scene = """
:as ken
/worry
expect 悩みを書いてください
やめる
:as ken --dialogs
/worry
expect （1/3）悩み
:cancel
:as ken --questions
/form
expect ここではフォームを開けません
"""
    await passes(scene, bot)
    assert bot.events[2].body == Press("stop")


async def test_buttons_go_by_number_by_label_and_in_full_width() -> None:
    bot = Bot()
    scene = """
/worry
いちばん
1
:skip
取り消す
expect 取り消しました
expect-not 届けました
１
:in 広場
1
expect ありがとう
"""
    await passes(scene, bot)
    assert [event.body for event in bot.events[3:]] == [Press("undo"), Text("１"), Press("reply")]
    assert bot.events[-1].address == SQUARE
    assert not bot.events[-1].direct


async def test_letters_wait_for_their_reader_with_a_hint_for_whoever_sits_here() -> None:
    scene = """
/worry
つらい
1
:skip
:as ken
:in 広場
expect つらい
返信する
:as hana
expect お知らせです
ひらく
"""
    bot = Bot()
    transcript = await passes(scene, bot)
    assert transcript.count("hana さんにお知らせが届いています（:as hana）") == 1
    assert "「広場」に新しい投稿があります（:in 広場）" in transcript
    assert "［広場］\n| つらい\n[1] 返信する" in transcript
    assert bot.events[-1].body == Press("open")
    assert bot.events[-1].direct


async def test_private_replies_are_seen_by_their_asker_only_and_chat_by_everyone() -> None:
    scene = """
:in 広場
こんにちは
expect 受けとりました: こんにちは
expect-not ken
:as ken
:in 広場
expect こんにちは
expect-not 受けとりました
"""
    assert "hana: こんにちは" in await passes(scene)


async def test_only_my_own_line_closes_my_window() -> None:
    scene = """
ひとつめ
expect 受けとりました: ひとつめ
expect ひとつめ
:as ken
ふたつめ
expect-not ひとつめ
:as hana
expect ひとつめ
:clock +1h
expect ひとつめ
みっつめ
expect-not ひとつめ
"""
    await passes(scene)


async def test_the_clock_brings_what_falls_due() -> None:
    scene = """
/later
:clock
expect 2026-04-01（水）09:00
:clock +2d23h
expect-not 三日たちました
:clock +1h
expect 2026-04-04（土）09:00
expect 三日たちました
"""
    await passes(scene)
