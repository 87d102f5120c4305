"""What waits in the outbox tells, without the key, nothing about who a notice is for."""

from collections import Counter

from sqlmodel import col, select

from bot.chat.events import Press
from bot.store.models import Outbox
from bot.store.packing import unpack
from bot.store.session import Session
from tests.world import World


def lanes(session: Session) -> dict[str, str]:
    """The lane of every waiting letter, by the kind in front of its key."""
    found = session.rows(select(Outbox.token, Outbox.lane, Outbox.letter).where(col(Outbox.letter).is_not(None)))
    return {str(unpack(session.keys.box.open(row.letter, row.token))["key"]): row.lane for row in found}


async def test_a_notice_shares_its_lane_with_no_other_letter_to_the_same_person(world: World) -> None:
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    square = await world.group(world.telegram, "広場")
    for words in ("最初の悩みです。", "次の悩みです。"):
        await hana.commands("worry")
        await hana.fills(words)
        await hana.presses("この内容で届ける")
    ken.place = square
    posts = [post.message.buttons[0].argument for post in world.telegram.posts if post.address.channel == square]
    world.house.adapters.clear()  # the platforms are away: letters wait
    ken.place = ""
    for worry_id in posts:
        await ken.does(Press("worry.reply", worry_id))
        await ken.fills("返信です。")
    waiting = await world.house.database.read(lanes)
    notices = [lane for key, lane in waiting.items() if key.startswith("notice:")]
    assert len(notices) == 2
    borne = Counter(waiting.values())
    assert all(borne[lane] == 1 for lane in notices)
