"""What is one's own stays one's own: private questions, answers in hand, the welcome, what `expect` can see."""

from bot.chat.events import Event, Press, Text
from bot.chat.messages import Button, Message, Reply
from tests.adapters.console.bot import Bot, passes, played

SECRET = "だれにも言えないことです"


class Asking(Bot):
    """Goes on in private, question by question, as the house does where no dialog can open."""

    async def __call__(self, event: Event) -> Reply | None:
        match event.body:
            case Press("reply"):
                self.post(event.private, Message("続きはこちらで", buttons=(Button("はじめる", "begin"),)))
                reply = Message("ふたりだけの場所にお送りしました")
            case Press("begin"):
                reply = Message("書いてください", buttons=(Button("あとで", "rest"),))
            case _:
                return await super().__call__(event)
        self.events.append(event)
        return Reply(reply)


async def test_a_private_button_pressed_in_a_group_takes_its_person_to_the_private_place_first() -> None:
    bot = Asking()
    scene = f"""
/worry
つらい
1
:skip
:as ken
:in 広場
返信する
はじめる
expect ここからは、ほかの人に見えない
expect 書いてください
{SECRET}
expect 受けとりました
:as hana
:in 広場
expect-not {SECRET}
expect-not ken
"""
    transcript = await passes(scene, bot)
    assert bot.events[-1].body == Text(SECRET)
    assert bot.events[-1].direct
    assert "ken@広場 > はじめる\nここからは、" in transcript
    assert f"ken@ふたりだけ > {SECRET}" in transcript


async def test_the_number_of_a_private_button_does_the_same_and_says_so_only_once() -> None:
    bot = Asking()
    transcript = await passes("/worry\nつらい\n1\n:skip\n:as ken\n:in 広場\n1\n1\n1\nはい", bot)
    assert [event.body for event in bot.events[-3:]] == [Press("begin"), Press("rest"), Text("はい")]
    assert transcript.count("ここからは、ほかの人に見えない") == 1


async def test_a_button_of_the_group_leaves_its_person_there() -> None:
    bot = Bot()
    transcript = await passes("/worry\nつらい\n1\n:skip\n:in 広場\n返信する\nありがとう", bot)
    assert transcript.count("hana@広場 > ") == 2
    assert not bot.events[-1].direct


async def test_an_answer_in_hand_is_headed_as_visible_to_its_asker_alone() -> None:
    transcript = await passes(
        ":in 広場\nこんにちは\nexpect 受けとりました\n:as ken\n:in 広場\nexpect-not 受けとりました"
    )
    assert "［広場・あなただけに見えます］\n受けとりました: こんにちは\n" in transcript
    assert transcript.endswith("［広場］\nhana: こんにちは\n\n")


async def test_alone_every_answer_is_visible_to_one_person_and_nothing_needs_to_say_so() -> None:
    assert "あなただけに" not in await passes("こんにちは")


async def test_the_whole_welcome_comes_once_with_the_promise_its_limits_and_its_buttons() -> None:
    bot = Bot()
    scene = """
:as hana
expect 約束です
expect 正直に言うと
:as ken
expect ようこそ S
expect 正直に言うと
:as hana
メニュー
"""
    transcript = await passes(scene, bot)
    welcome = "hana さんが加わりました。\n［ふたりだけ］\nようこそ S\n約束です\n正直に言うと\n[1] メニュー\n"
    assert welcome in transcript
    assert transcript.count("さんが加わりました") == 2
    assert bot.events[-1].body == Press("menu")


async def test_nobody_is_said_to_have_joined_where_joining_failed() -> None:
    bot = Bot()

    async def failing(event: Event) -> Reply | None:
        raise ValueError(event.id)

    bot.console.bind(failing)
    await bot.console.desk.sit()
    assert not bot.console.screen.person.joined
    assert "hana さんが加わりました" in await passes(":as ken\n:as hana", bot)


async def test_expect_sees_what_a_person_could_see_and_who_said_it() -> None:
    scene = f"""
:as ken
:in 広場
{SECRET}
expect-not ken
:as hana
expect {SECRET}
expect ken
:as sato
expect ken: {SECRET}
expect-not 受けとりました
"""
    await passes(scene)
    status, _ = await played(f":as ken\n:in 広場\n{SECRET}\n:as hana\nexpect-not ken")
    assert status == 1
