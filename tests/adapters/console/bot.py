"""An application to sit before in scenes of the console: it remembers every event, and posts letters."""

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
        """Stops at every letter on the way, as the house does."""
        goal = self.clock + by
        for at in sorted(at for at, _, _ in self.letters if self.clock < at <= goal):
            self.clock = at
            await self.settled()
        self.clock = goal

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
                return Reply(
                    Message(
                        title=f"ようこそ {code}",
                        body="約束です",
                        note="正直に言うと",
                        buttons=(Button("メニュー", "menu"),),
                    )
                )
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
