"""A worry becomes a conference case when its author wishes; nobody learns whose it is until they say so themselves."""

from bot.chat.events import Press
from tests.scenarios.community import WORRY, community, shared
from tests.world import Person, World, spoken


async def wishes(author: Person) -> None:
    await author.commands("mydata")
    await author.presses("開いている悩みを見る")
    await author.presses(next(label for label in author.buttons[::-1] if label.endswith("をひらく")))
    await author.presses("事例検討会で話してみたい")
    await author.presses("伝える")
    await author.world.later(days=2)


def called(sato: Person) -> int:
    """How often this coordinator was told that a worry would like a conference."""
    return len([each for each in sato.letters if "事例検討会で話してみたい" in each.body])


async def proposes(sato: Person) -> None:
    await sato.does(Press("cases.show"))
    await sato.presses(next(label for label in sato.buttons[::-1] if label.endswith("さんの悩み")))
    assert sato.screen[-1].quote == WORRY
    await sato.presses("この悩みで日程を相談する")
    assert sato.form
    await sato.fills(sato.form.fields[0].value, "12/3 14:00\n12/4 14:00")


async def test_from_a_wish_to_a_date_and_the_author_hears_it_alone(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    await wishes(hana)
    assert called(sato) == 1
    assert not ken.letters
    await proposes(sato)
    poll = next(post.message for post in world.slack.posts if "日程" in post.message.title)
    assert "さんの悩み" in poll.quote
    assert worry not in str(poll.buttons)
    await hana.does(Press("cases.how", worry))
    assert "日程の相談が始まっています" in hana.screen[-1].body
    await hana.presses("検討会をひらく")
    await sato.presses("日程を決める")
    await sato.presses(next(label for label in sato.buttons[::-1] if "12月3日" in label))
    await sato.presses("この日に決める")
    await hana.does(Press("cases.how", worry))
    assert "12月3日(木) 14:00 に決まりました" in hana.screen[-1].body
    assert len([each for each in hana.letters if each.buttons[0].action == "cases.how"]) == 2
    for person in (ken, sato):
        assert not any("hana" in spoken(message) for message in person.screen)


async def test_it_is_wished_once_and_by_its_author_alone(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    refused = await ken.does(Press("cases.wish", worry))
    assert refused
    assert "見られません" in refused.body
    await wishes(hana)
    await hana.does(Press("cases.wish", worry))
    await world.later(days=2)
    assert called(sato) == 1
    told = await ken.does(Press("cases.open", worry))
    assert told
    assert "調整役" in told.body


async def test_closing_takes_the_wish_back(world: World) -> None:
    hana, _, sato = await community(world)
    worry = await shared(world, hana)
    await wishes(hana)
    await hana.does(Press("worry.closed", worry))
    none = await sato.does(Press("cases.show"))
    assert none
    assert "いまありません" in none.body
    gone = await sato.does(Press("cases.propose", worry))
    assert gone
    assert "取り下げ" in gone.body


async def test_after_a_conference_that_is_over_another_can_be_wished(world: World) -> None:
    hana, _, sato = await community(world)
    worry = await shared(world, hana)
    await wishes(hana)
    await proposes(sato)
    await wishes(hana)
    assert called(sato) == 1, "one is on its way"
    await world.later(days=20)
    await wishes(hana)
    wished = await sato.does(Press("cases.show"))
    assert wished
    assert [button.argument for button in wished.buttons] == [worry]
    waits = await hana.does(Press("cases.how", worry))
    assert waits
    assert "まだ日程" in waits.body
