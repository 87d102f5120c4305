"""The centre's own passages beside our notes: what fits comes first, and nothing is lost while shelves change."""

from pathlib import Path

from bot.knowledge.handbook import Handbook
from bot.knowledge.points import Entry

QUESTION = "公用車の予約はどこに電話しますか"


def passage(number: int, title: str, body: str) -> Entry:
    return Entry(f"p.{number}", "passage", title, title, body, (), (), "ja", "センターの手引き 第2版")


PASSAGES = (
    passage(
        1, "公用車の使い方", "公用車を使うときは、前の日の正午までに総務課へ電話で予約します。鍵は守衛室にあります。"
    ),
    passage(2, "夜間の連絡網", "夜間に急ぎの連絡が入ったときは、連絡網の一番上の人に電話をかけます。"),
)


async def test_a_passage_that_fits_comes_first(tmp_path: Path) -> None:
    handbook = Handbook(tmp_path)
    await handbook.stock("centre", PASSAGES)
    assert (await handbook.nearest(QUESTION))[0].entry == PASSAGES[0]
    assert await handbook.entry("p.2", "en") == PASSAGES[1]


async def test_a_shelf_is_replaced_whole(tmp_path: Path) -> None:
    handbook = Handbook(tmp_path)
    await handbook.stock("centre", PASSAGES)
    await handbook.stock("centre", PASSAGES[1:])
    assert await handbook.entry("p.1", "ja") is None
    assert await handbook.entry("p.2", "ja") == PASSAGES[1]


async def test_what_only_goes_on_finds_on_a_shelf_what_was_asked_before(tmp_path: Path) -> None:
    """Words like more and concretely stand in many documents, and say nothing of what is wanted."""
    handbook = Handbook(tmp_path)
    lure = passage(3, "もう少し具体的に書く", "記録はもう少し具体的に書きます。")
    await handbook.stock("centre", (*PASSAGES, lure))
    assert (await handbook.nearest("もう少し具体的に", before=QUESTION)) == await handbook.nearest(QUESTION)
    found = await handbook.nearest("夜間の場合は、それからどうする", before="急ぎの連絡が入った")
    assert found[0].entry == PASSAGES[1]
