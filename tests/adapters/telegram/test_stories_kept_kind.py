"""Stories 9 and 10 of the community on the wires of both platforms, with people of both in one thread."""

import tomllib
from datetime import timedelta
from pathlib import Path

from bot.language import danger
from bot.language.danger import Level
from bot.store.members import Role
from tests.adapters.telegram.neighbours import (
    CONFIRM,
    Neighbours,
    fills,
    goes_on_until,
    neighbours,
    opens_newest,
    writes,
)
from tests.scenarios.watching import ANSWER, HARSH, HIDDEN
from tests.slack.people import SlackPerson
from tests.source import ROOT
from tests.telegram.people import TelegramPerson

WORRY, OTHER = "3か月、お会いできていません。", "記録の書きかたに迷っています。"
PHRASES = ROOT / "tests" / "data" / "danger_lookalikes.toml"
QUESTION = "その後、いかがですか"
BETTER = "手紙に、短いお返事がありました。"


async def answers(person: SlackPerson, channel: str, words: str) -> None:
    """Under the newest worry."""
    person.look(channel)
    await person.sees_soon("返信する")
    await person.presses("返信する")
    await person.sees_soon("1,000文字まで")
    await person.fills(words)
    await person.sees_soon("お届けしています")
    await person.closes(everything=True)
    person.look()


async def test_story_9_asked_kindly_how_it_went(tmp_path: Path) -> None:
    """hana on Telegram gets better and says so; mio in Slack wants to be asked no more; ken answered both."""
    async with neighbours(tmp_path) as here, here.house() as town:
        await here.settle(town)
        hana, ken, mio = (
            await town.member("hana"),
            await here.in_slack(town, "ken"),
            await here.in_slack(town, "mio"),
        )
        await writes(hana, WORRY, CONFIRM)
        await town.settled()
        await answers(ken, here.channel, ANSWER)
        await fills(mio, OTHER, CONFIRM)
        await town.settled()
        await answers(ken, here.channel, "ひとことでも、書いておくと助かります。")
        await goes_on_until(town, "2026-12-01 08:10")
        await hana.commands("worry")
        await hana.sees_soon("（1/2）")
        await mio.slash("worry")
        await mio.sees_soon("どんなことで困っていますか")
        await goes_on_until(town, "2026-12-01 20:00")
        assert (asked(hana), asked(mio)) == (0, 0), "never into an open dialogue, nor over an open dialog"
        await hana.presses("やめる")
        await hana.sees_soon("やめました")
        await mio.closes(everything=True)
        await goes_on_until(town, "2026-12-02 08:29")
        assert (asked(hana), asked(mio)) == (0, 0), "and never at night"
        await goes_on_until(town, "2026-12-02 08:30")
        assert (asked(hana), asked(mio)) == (1, 1)
        await opens_newest(mio, QUESTION)
        await mio.presses("もう聞かないで")
        await mio.sees_soon("もうお聞きしません")
        await mio.closes(everything=True)
        await opens_newest(hana, QUESTION)
        await tells_how_it_went(here, hana)
        await town.settled()
        assert here.stands(BETTER) == (1, 1)
        await goes_on_until(town, "2027-02-28 12:00")
        assert (asked(hana), asked(mio)) == (2, 1), (
            "thirty days later once more, and whoever wants no more is not asked"
        )
        assert ken.errors == mio.errors == []
        town.nobody_is_named()


def asked(person: TelegramPerson | SlackPerson) -> int:
    """Notices of the question, opened or not."""
    return sum("following_up.open" in str(letter) for letter in person.letters)


async def tells_how_it_went(here: Neighbours, hana: TelegramPerson) -> None:
    await hana.presses("よくなった")
    await hana.sees_soon("それはよかったです")
    await hana.presses("その後を書いて届ける")
    await hana.sees_soon("（1/1）")
    await hana.says(BETTER)
    await hana.sees_soon("投稿者のことばとして")
    assert here.stands(BETTER) == (0, 0), "only once she has seen it as others will"
    await hana.presses("これを届ける")
    await hana.sees_soon("聞かせてくださって")


async def test_story_10_kept_kind_without_unmasking(tmp_path: Path) -> None:
    """hana writes on Telegram; abe there, ken and mori in Slack are troubled; sato coordinates in Slack."""
    async with neighbours(tmp_path) as here, here.house() as town:
        await here.settle(town)
        hana, abe = await town.member("hana"), await town.member("abe")
        ken, mori = await here.in_slack(town, "ken"), await here.in_slack(town, "mori")
        sato = await here.in_slack(town, "sato", Role.COORDINATOR)
        await writes(hana, WORRY, CONFIRM)
        await town.settled()
        for _ in range(3):
            await reports_in_slack(ken, here.channel)
        await reports_on_telegram(here, abe)
        await town.settled()
        assert here.stands(WORRY) == (1, 1), "two people, however often one of them presses"
        await reports_in_slack(mori, here.channel)
        await town.settled()
        assert here.stands(WORRY) == (0, 0) and here.stands(HIDDEN) == (1, 1)
        await opens_newest(hana, "いまはほかの方に見えていません")
        await restores(sato)
        await town.settled()
        assert here.stands(WORRY) == (1, 1) and here.stands(HIDDEN) == (0, 0)
        await stops(sato, here.channel)
        await town.settled()
        assert here.stands(WORRY) == (0, 0)
        await opens_newest(hana, f"理由：{HARSH}")
        assert hana.sees("終わりの一文だけ、やわらかく") and hana.sees(WORRY), "with a reason and her own words"
        await gives_a_rest(sato)
        await town.house.advance(timedelta(days=1))
        await town.settled()
        await writes(hana, OTHER)
        await hana.presses(CONFIRM)
        await hana.sees_soon("少しお休みの時間をお願いしています")
        await town.settled()
        assert here.stands(OTHER) == (0, 0)
        await town.house.advance(timedelta(days=1))
        await town.settled()
        await hana.presses(CONFIRM)
        await hana.sees_soon("お届けしています")
        await town.settled()
        assert here.stands(OTHER) == (1, 1)
        for person in (hana, abe, ken, mori):
            assert str(person.id) not in here.sent(), "sato learns nobody's name, and neither does anybody else"
        assert ken.errors == mori.errors == sato.errors == []
        town.nobody_is_named()


async def reports_in_slack(person: SlackPerson, channel: str) -> None:
    person.look(channel)
    await person.presses("気になる")
    await person.sees_soon("どんなところが気になりましたか")
    await person.presses(HARSH)
    await person.sees_soon("知らせてくださって")
    await person.closes(everything=True)


async def reports_on_telegram(here: Neighbours, person: TelegramPerson) -> None:
    person.look(here.square)
    await person.presses("気になる")
    await person.sees_soon("どんなところが気になりましたか")
    await person.presses(HARSH)
    await person.sees_soon("知らせてくださって")


async def restores(sato: SlackPerson) -> None:
    sato.look()
    await sato.sees_soon("見てほしいものがあります")
    await sato.presses("見守り")
    await sato.sees_soon("気になるという声")
    await sato.presses(next(label for label in sato.buttons if label.endswith("さんの悩み")))
    await sato.sees_soon("：3人")
    await sato.presses("もとに戻す")
    await sato.sees_soon("もとに戻しました")
    await sato.closes(everything=True)


async def stops(sato: SlackPerson, channel: str) -> None:
    sato.look(channel)
    await sato.presses("気になる")
    await sato.sees_soon("調整役として見る")
    await sato.presses("調整役として見る")
    await sato.sees_soon("見えないようにする")
    await sato.presses("見えないようにする")
    await sato.sees_soon("理由（書いた人に伝わります）")
    await sato.fills(HARSH, "終わりの一文だけ、やわらかくできますか。")
    await sato.sees_soon("見えないようにしました")


async def gives_a_rest(sato: SlackPerson) -> None:
    """One day, from tomorrow at nine, for whoever it is."""
    await sato.presses("見守り")
    await sato.sees_soon("（確認ずみ）")
    await sato.presses(next(label for label in sato.buttons if label.endswith("さんの悩み")))
    await sato.sees_soon("書いた人に少し休んでもらう")
    await sato.presses("書いた人に少し休んでもらう")
    await sato.sees_soon("だれにもわかりません")
    await sato.presses("1日")
    await sato.sees_soon("から休んでもらいます")
    await sato.closes(everything=True)


def test_story_10_crisis_phrases_get_the_card_and_lookalikes_do_not() -> None:
    """Counts only: which of them are missed or stopped is not looked at, so that nothing is tuned to this list."""
    given = {side: cards(texts) for side, texts in tomllib.loads(PHRASES.read_text("utf-8")).items()}
    assert given["crisis"] >= 48, given
    assert given["lookalikes"] <= 5, given


def cards(texts: list[str]) -> int:
    return sum(danger.level(text) is not Level.NONE for text in texts)
