"""What identifies a person is said in another way before anything is kept: in a form, a dialog, a draft, an edit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat.events import Edit, Press, Submit
from bot.language import danger, details
from bot.routing.forms import LATER
from tests.world import Person, World, open_world, spoken

NAMED = "森田花江さんのお宅を訪ねています。お母さんが疲れています。"
NAME = "森田花江"


@pytest.fixture(params=["slack", "telegram"])
async def hana(request: pytest.FixtureRequest, world: World) -> Person:
    await world.group(world.slack, "広場")
    return await world.person("hana", world.slack if request.param == "slack" else world.telegram)


def traces(world: World) -> bool:
    files = world.files()
    return any(NAME.encode(each) in files for each in ("utf-8", "utf-16-le", "unicode_escape"))


async def test_a_name_is_softened_before_the_preview_and_never_leaves(world: World, hana: Person) -> None:
    await hana.commands("worry")
    preview = await hana.fills(NAMED)
    assert preview
    assert NAME not in preview.quote
    assert "Aさんのお宅" in preview.quote
    assert f"「{NAME}さん」→「Aさん」" in spoken(preview)
    await hana.presses("この内容で届ける")
    (post,) = [post.message for post in world.slack.posts if post.message.quote]
    assert "Aさんのお宅" in post.quote
    assert not any(NAME in spoken(post.message) for post in (*world.slack.posts, *world.telegram.posts))


async def test_what_rests_in_a_draft_is_softened_too(world: World, hana: Person) -> None:
    await hana.commands("worry")
    if form := hana.form:
        await hana.does(Submit(LATER, {"text": NAMED}, form.argument))
        await hana.commands("menu")
        await hana.presses("書きかけの続き")
        assert hana.form
        assert NAME not in hana.form.fields[0].value
    else:
        await hana.says(NAMED)
        await hana.does(Edit(NAMED.replace(NAME, "A"), f"{NAMED}{NAME}です。"))
    kept = await world.house.database.read(lambda session: _drafts(session, hana))
    assert kept
    assert not any(NAME in words for words in kept)


def _drafts(session: object, person: Person) -> list[str]:
    from bot.chat.events import Address
    from bot.store import drafts

    where = Address(person.platform.name, "team", person.id)
    return [str(draft.content) for draft in drafts.every(session, where, person.world.house.clock())]  # type: ignore[arg-type]


async def test_an_answer_is_softened_and_its_writer_is_told(world: World, hana: Person) -> None:
    ken = await world.person("ken", world.telegram)
    await hana.commands("worry")
    await hana.fills("会えないまま一年です。")
    await hana.presses("この内容で届ける")
    button = next(post.message for post in world.slack.posts if post.message.quote).buttons[0]
    await ken.does(Press(button.action, button.argument))
    told = await ken.fills(f"{NAME}さんの件と似ています。")
    assert told
    assert NAME in spoken(told), "what was changed is shown to who wrote it, in the answer in hand"
    assert not any(NAME in spoken(post.message) for post in world.slack.posts)


async def test_where_nobody_can_tell_nothing_is_kept(
    world: World, hana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(details, "find", broken)
    await hana.commands("worry")
    answer = await hana.fills(NAMED)
    assert answer
    assert "確かめられません" in answer.body
    assert not traces(world)


async def test_no_file_and_no_log_ever_held_the_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    async with open_world(tmp_path) as world:
        await world.group(world.slack, "広場")
        for platform in (world.slack, world.telegram):
            hana = await world.person("hana", platform)
            await hana.commands("worry")
            await hana.fills(NAMED)
            await hana.presses("この内容で届ける")
        assert not traces(world)
    printed = capsys.readouterr()
    assert NAME not in printed.out + printed.err + caplog.text


@pytest.fixture(autouse=True, scope="module")
def warmed() -> Iterator[None]:
    details.warm()
    danger.warm()
    yield
