"""The secret of a calendar: enough to guess nobody's, kept as a digest that follows the key, and gone at once."""

from sqlalchemy import select, update
from sqlmodel import col

from bot.store import feeds
from bot.store.conference_models import Feed
from bot.store.keyed import TOKENS
from bot.store.seal import Keys, token_key
from bot.store.session import Session
from bot.store.turning import turn_table

BEFORE, AFTER = b"b" * 32, b"a" * 32


def test_only_its_digest_is_kept(either: Session) -> None:
    secret = feeds.renew(either, "hana")
    assert len(secret) == 43, "256 bits"
    (row,) = either.rows(select(col(Feed.member), col(Feed.token)))
    assert row.member == "hana" and row.token not in secret and secret not in row.token
    assert feeds.owner(either, secret) == "hana"
    for other in ("", secret[:-1], f"{secret}x", f"{secret}\n", secret.swapcase(), row.token, "%" * 43, "あ" * 43):
        assert feeds.owner(either, other) == ""


def test_a_new_one_ends_the_old_one_and_nobody_elses(either: Session) -> None:
    first, other = feeds.renew(either, "hana"), feeds.renew(either, "ken")
    second = feeds.renew(either, "hana")
    assert [feeds.owner(either, each) for each in (first, second, other)] == ["", "hana", "ken"]
    feeds.stop(either, "hana")
    assert [feeds.owner(either, each) for each in (first, second, other)] == ["", "", "ken"]
    assert not feeds.exists(either, "hana") and feeds.exists(either, "ken")


def test_it_goes_on_when_the_key_is_replaced(session: Session) -> None:
    before = Session(session._connection, Keys(BEFORE))
    secret = feeds.renew(before, "hana")
    after = Keys(AFTER, earlier=(token_key(BEFORE),), old=BEFORE)
    assert Feed in TOKENS
    assert turn_table(session._connection, after, Feed) == 1
    turned = Session(session._connection, after)
    assert feeds.owner(turned, secret) == "hana"
    assert feeds.owner(before, secret) == "", "the old key opens nothing any more"
    turned.run(update(Feed).values(token="0" * 32))
    assert feeds.owner(turned, secret) == ""
