"""/conference shows what waits for me first; the coordinator's three months are a picture, a table and words."""

import csv
import io
from datetime import datetime, timedelta

import pytest

from bot.chat.events import Press
from bot.store import conferences, month_counts, participants, polls, quarter
from bot.store.conference_models import MeetingNote, Participant
from bot.store.members import Role
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from bot.views import quarter as views
from bot.views.text import Text
from tests.scenarios.conferences import answers, decides, proposed
from tests.world import TOKYO, World


async def plans(world: World, *made: tuple[Plan, timedelta]) -> None:
    """Fixed ones, at so much time from now."""

    def write(session: Session) -> None:
        now = world.house.clock()
        for plan, ahead in made:
            found = polls.propose(session, plan, [Candidate(now + ahead)], "")
            conferences.change(session, found.id, state="decided", decided=1)

    await world.house.database.write(write)


async def test_what_waits_for_me_comes_first_and_each_has_a_line_and_a_button(world: World) -> None:
    sato, first = await proposed(world, "12/3 14:00\n12/4 10:00")
    hana = await answers(world, "hana", world.telegram, first, "◯ 行けます", "✕ 行けません")
    mori = await world.person("mori", world.slack)
    listed = await mori.commands("conference")
    assert listed
    assert listed.quote.startswith("【回答まち】\n1. 日程調整中")
    listed = await hana.commands("conference")
    assert listed
    assert listed.quote.startswith("【これから】"), "who has answered is asked for nothing"
    await decides(sato, "12月3日(木) 14:00")
    await plans(world, (Plan("居場所" * 20, kind="case"), timedelta(days=3)))
    listed = await hana.commands("conference")
    assert listed
    assert listed.quote.splitlines() == [
        "【役割がまだ】",
        "1. 12月3日(木) 14:00　司会・事例提供がまだ",
        "【これから】",
        "2. 11月27日(金) 10:00　居場所居場所居場所居場所居場所…",
    ]
    assert [button.label for button in listed.buttons] == ["1番をひらく", "2番をひらく"]
    assert "この3か月のまとめ" not in hana.buttons
    await world.later(days=10)
    listed = await hana.commands("conference")
    assert listed and listed.quote.startswith("【このあいだの会】\n1. 12月3日(木) 14:00")
    shown = await hana.presses("1番をひらく")
    assert shown and shown.buttons[0].label == "記録", "what was written is two presses away"
    listed = await mori.commands("conference")
    assert listed and not listed.quote, "who had no part in it has nothing to find there"
    await world.later(days=14)
    listed = await hana.commands("conference")
    assert listed and not listed.quote


async def test_at_most_eight_on_one_screen_and_nothing_that_is_not_for_me(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await plans(world, *((Plan(f"{number}つめ"), timedelta(days=number)) for number in range(1, 11)))
    await plans(world, (Plan("支援会議", kind="support", audience="code"), timedelta(days=1)))
    listed = await hana.commands("conference")
    assert listed
    assert listed.quote.count("つめ") == 8
    assert "支援会議" not in listed.quote
    await hana.presses("ほかに2件")
    assert [button.label for button in hana.hand[-1].buttons] == ["9番をひらく", "10番をひらく"]
    for thrown in ("99", "-1", "9999999999", "x"):
        said = await hana.does(Press("conference.list", thrown))
        assert said
        assert said.quote.startswith("【これから】\n1. "), "it begins anew"


async def test_a_coordinator_sees_three_months_as_words_picture_and_table(world: World) -> None:
    sato = await world.person("sato", world.telegram, Role.COORDINATOR)
    hana = await world.person("hana", world.telegram)
    await sato.commands("conference")
    await sato.presses("この3か月のまとめ")
    assert sato.sees("まだありません")
    assert not sato.files
    await plans(
        world,
        (Plan('=HYPERLINK("x")', required=("chair", "host")), timedelta(hours=2)),
        (Plan("支援会議の題", kind="support"), timedelta(days=8)),
    )

    def attend(session: Session) -> None:
        first, _ = conferences.coming(session, world.house.clock())
        for member in ("a", "b"):
            participants.put(session, first.id, member, "coming")
        session.run(Participant.__table__.update().values(attended="there"))  # type: ignore[attr-defined]
        sealed = session.keys.box.seal("待つ".encode(), "meeting_note:n")
        session.insert(
            MeetingNote, id="n", conference=first.id, kind="idea", body=sealed, role="", holder="", opens_on="",
            closes_on="", state="open",
        )  # fmt: skip
        month_counts.add(session, quarter.UPDATES, world.house.clock(), TOKYO)

    await world.house.database.write(attend)
    await world.later(days=9)
    await sato.presses("この3か月のまとめ")
    assert sato.hand[-1].body.splitlines() == [
        "2026-10　開催0回　出席0人　その後の報告0件",
        "2026-11　開催1回　出席2人　その後の報告1件",
        "2026-12　開催1回　出席0人　その後の報告0件",
    ]
    picture, table = sato.files
    assert picture.is_picture
    assert picture.content.startswith(b"\x89PNG")
    assert table.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert rows[0] == ["日", "種類", "テーマ", "日程に答えた人", "出席", "決まっていた役割", "記録"]
    assert rows[1] == ["2026-11-24", "事例検討会", '\'=HYPERLINK("x")', "0", "2", "2のうち0", "あり"]
    assert rows[2] == ["2026-12-02", "支援会議", "", "0", "記録なし", "0のうち0", "なし"]
    refused = await hana.does(Press("conference.quarter"))
    assert refused
    assert refused.body == "これは調整役の方ができることです。"


@pytest.mark.parametrize("sign", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\n=x", "＝1", "＋1", " =1", "\u3000=1"])
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    assert views.safe(sign) == f"'{sign}"


@pytest.mark.parametrize("plain", ["居場所", "2026-11-24", "3", "", "a=1"])
def test_other_cells_stay_as_they_are(plain: str) -> None:
    assert views.safe(plain) == plain


def test_a_quarter_reaches_over_the_turn_of_the_year() -> None:
    assert quarter._months(datetime(2027, 1, 5).date()) == ("2026-11", "2026-12", "2027-01")
    assert views.by_month(Text("ja", TOKYO), quarter.Quarter(("2027-01",), (), {"2027-01": 3})) == {
        "2027-01": (0, 0, 3)
    }
