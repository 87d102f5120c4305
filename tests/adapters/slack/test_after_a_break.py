"""What a restart or a failed turn leaves behind in Slack's chats: nothing that names anybody, and no question."""

from bot.chat.events import Address, Body, Event, Press, Submit
from bot.store import drafts, inbox
from tests.adapters.slack.house import SlackHouse
from tests.slack.people import SlackPerson
from tests.slack.workspace import TEAM

WORRY = "ひみつの悩みです。家の人が話をしてくれません。"


async def interrupted(town: SlackHouse, person: SlackPerson, body: Body) -> None:
    """Done in a dialog and stored, when the process ended: the next one handles it."""
    who, now = Address("slack", TEAM, person.id), town.house.clock()
    event = Event(f"cut-off-{body}"[:60], person.id, who, True, True, now, body, dialogs=True)
    await town.house.database.write(lambda session: inbox.receive(session, event, now))
    await town.house.pipeline.resume(now)
    await town.settled()


async def preview_of(town: SlackHouse, person: SlackPerson) -> str:
    await person.slash("worry")
    await person.sees_soon("どんなことで困っていますか")
    await person.fills(WORRY)
    await person.sees_soon("この内容で届ける")
    who, now = Address("slack", TEAM, person.id), town.house.clock()
    found = await town.house.database.read(lambda session: drafts.latest(session, who, "preview", now))
    assert found
    return found.id


async def test_no_chat_tells_which_worry_is_whose(town: SlackHouse) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana")
    draft = await preview_of(town, hana)
    await interrupted(town, hana, Press("worry.post", draft))
    await interrupted(town, hana, Press("worry.mine"))
    [post] = town.slack.workspace.by_bot(square)
    worry = next(block for block in post.blocks if block["type"] == "actions")["elements"][0]["value"]
    name = post.blocks[0]["text"]["text"].removeprefix("悩み：").removesuffix("さん")
    letters = str([(letter.text, letter.blocks) for letter in hana.letters])
    assert len(hana.letters) == 2
    assert worry not in letters and name not in letters and WORRY not in letters
    assert "メニューから続けられます" in letters
    await hana.closes(everything=True)
    await hana.presses("メニューをひらく")
    await hana.sees_soon("自分のデータ")


async def test_a_form_is_never_asked_in_the_chat(town: SlackHouse) -> None:
    await town.place("hiroba")
    hana = await town.member("hana")
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.types("書きかけです")
    await hana.presses("あとで")
    await hana.sees_soon("7日間")
    await hana.closes(everything=True)
    await interrupted(town, hana, Press("form.resume"))
    await hana.says(WORRY)
    await town.settled()
    assert not any(WORRY in str(post.blocks) for post in hana.letters), "it was a question to the handbook"
    await hana.presses("はじめる")
    await hana.sees_soon("書きかけです")


async def test_a_refused_answer_waits_behind_a_door_and_is_not_quoted(town: SlackHouse) -> None:
    await town.place("hiroba")
    hana = await town.member("hana")
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    assert hana.view
    await interrupted(town, hana, Submit("worry.share", {"text": WORRY * 60}, hana.view["private_metadata"]))
    assert WORRY not in str([letter.blocks for letter in hana.letters])
    await hana.closes(everything=True)
    await hana.presses("はじめる")
    await hana.sees_soon(WORRY)
