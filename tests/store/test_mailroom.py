"""What an operator may see of a letter and do with it; what somebody erases goes, whoever gave it up."""

import ast
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.chat.events import Address
from bot.store import mailroom, outbox
from bot.store.mailroom import KINDS
from bot.store.models import Outbox
from bot.store.session import Session
from tests.source import called, python_files, tree
from tests.store import mending
from tests.store.mending import WORDS, put, spoil, taken
from tests.store.people import HANA, KEN, NOW
from tests.world import World


def test_a_day_in_the_mail_room(session: Session) -> None:
    mending.the_day(session)


def test_no_slip_shows_a_word_an_address_or_whom_it_is_about(session: Session) -> None:
    put(session, "notice:secret-answer-id")
    put(session, "strange-key", KEN)
    taken(session)
    shown = repr(mailroom.slips(session))
    for secret in (WORDS, HANA.channel, KEN.channel, "secret-answer-id", "strange-key", "team"):
        assert secret not in shown
    assert [slip.kind for slip in mailroom.slips(session)[0]] == ["notice", "other"]


def test_only_so_many_are_shown_and_all_are_counted(session: Session) -> None:
    for number in range(5):
        put(session, f"worry:{number}", Address("slack", "team", f"c{number}"))
    slips, every = mailroom.slips(session, most=2)
    assert (len(slips), every) == (2, 5)
    assert len(mailroom.named(session, "")) == 2, "more than one is enough to know"


def test_what_may_have_arrived_is_in_doubt_again_with_one_more_series_of_tries(session: Session) -> None:
    put(session, "worry:1")
    for _ in range(5):
        (outgoing,) = outbox.claim(session, NOW)
        outbox.doubt(session, outgoing, NOW, "TimeoutError")
    (outgoing,) = outbox.claim(session, NOW)
    outbox.give_up(session, outgoing, "unknown", "TooManyDoubts")
    assert mailroom.retry(session, outgoing.token, NOW) == "done"
    (again,) = outbox.claim(session, NOW)
    assert (again.doubtful, again.doubts) == (True, 1)


def test_what_is_too_late_is_not_tried_again(session: Session) -> None:
    put(session, "reminder:1", expires=NOW + timedelta(minutes=1))
    (outgoing,) = outbox.claim(session, NOW)
    outbox.give_up(session, outgoing, "dead", "Expired")
    assert mailroom.retry(session, outgoing.token, NOW + timedelta(minutes=1)) == "expired"
    assert mailroom.retry(session, outgoing.token, NOW) == "done"


def test_a_letter_of_another_key_is_kept_for_the_day_its_key_is_back(session: Session) -> None:
    put(session, "worry:1")
    token = session.scalar(select(col(Outbox.token)))
    right = session.scalar(select(col(Outbox.letter)))
    spoil(session, token)
    assert outbox.claim(session, NOW) == []
    ((slip,), _) = mailroom.slips(session)
    assert (slip.state, slip.platform, slip.kind, slip.reason, slip.kept) == ("unreadable", "?", "?", "WrongKey", False)
    assert mailroom.retry(session, token, NOW) == "empty"
    session.run(Outbox.__table__.update().values(letter=right))  # type: ignore[attr-defined]
    assert mailroom.retry(session, token, NOW) == "done"


def test_what_waits_for_its_chat_can_be_tried_now(session: Session) -> None:
    put(session, "worry:1")
    (outgoing,) = outbox.claim(session, NOW)
    outbox.set_aside(session, outgoing, "Unreachable")
    assert mailroom.retry(session, outgoing.token, NOW) == "done"
    assert len(outbox.claim(session, NOW)) == 1


def test_a_letter_that_is_under_way_is_left_alone(session: Session) -> None:
    put(session, "worry:1")
    (outgoing,) = outbox.claim(session, NOW)
    assert mailroom.retry(session, outgoing.token, NOW) == "moving"
    assert mailroom.drop(session, outgoing.token) == "moving"


def test_whoever_leaves_takes_what_was_for_them_and_nobody_elses(session: Session) -> None:
    put(session, "notice:1", HANA)
    put(session, "notice:2", KEN)
    taken(session)
    mailroom.erase(session, (), Address(HANA.platform, HANA.space, HANA.channel, "thread"))
    theirs, kens = mailroom.slips(session)[0]
    assert (theirs.kept, theirs.state, kens.kept, kens.platform) == (False, "dead", True, KEN.platform)


@pytest.mark.parametrize("way", ["closes", "leaves"])
async def test_a_worry_that_is_closed_leaves_no_letter_of_it(world: World, way: str) -> None:
    """Its posts and answers reached nobody and were given up; an operator might still send them."""
    await world.group(world.slack, "広場")
    world.slack.unreachable = {"slack-group-広場"}
    hana = await world.person("hana", world.telegram)
    await hana.commands("worry")
    await hana.fills("とどかなかった悩み")
    await hana.presses("この内容で届ける")
    given_up = await world.house.database.read(lambda session: mailroom.slips(session, ("dead",)))
    assert given_up[1] == 1
    await hana.commands("mydata")
    if way == "closes":
        await hana.presses("開いている悩みを見る")
        await hana.presses("解決しました")
        await hana.presses("はい、閉じます")
    else:
        await hana.presses("消して退会する")
        await hana.presses(world.house.text("mydata.erase_yes"))
    left = await world.house.database.read(lambda session: mailroom.slips(session, ("dead",))[0])
    assert [slip for slip in left if slip.kept] == []


async def test_who_leaves_without_a_worry_takes_the_letters_that_did_not_reach_them(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    world.telegram.unreachable = {hana.id}
    address = Address("telegram", "team", hana.id)
    await world.house.database.write(lambda session: put(session, "reminder:1", address))
    await world.house.settled()
    assert (await world.house.database.read(mailroom.slips))[1] == 1
    world.telegram.unreachable = set()
    await hana.commands("mydata")
    await hana.presses("消して退会する")
    await hana.presses(world.house.text("mydata.erase_yes"))
    ((emptied,), _) = await world.house.database.read(mailroom.slips)
    assert not emptied.kept


def keys() -> Iterator[str]:
    """How the key of every letter begins that is put anywhere in the house."""
    for path in python_files("bot/handlers", "bot/routing", "bot/scheduler", "bot/store"):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(args=[ast.JoinedStr(values=[ast.Constant(value=str(begin)), *_]), *_]):
                    if called(node) == "Letter":
                        yield begin
                case ast.Assign(targets=[ast.Name("key")], value=ast.JoinedStr(values=[ast.Constant(value=begin), *_])):
                    yield str(begin)
                case ast.FunctionDef(name="post_key" | "notice_key" | "_poll_key"):
                    yield from (
                        str(each.values[0].value)
                        for each in ast.walk(node)
                        if isinstance(each, ast.JoinedStr) and isinstance(each.values[0], ast.Constant)
                    )


def test_every_kind_of_letter_has_its_name_here() -> None:
    found = {key.partition(":")[0] for key in keys()}
    assert len(found) > 9
    assert found <= KINDS
