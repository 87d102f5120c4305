"""One file per thing people come for; this is the whole list."""

from bot.handlers import (
    chats,
    conference,
    coordinating,
    handbook,
    help,
    home,
    joining,
    learnings,
    mydata,
    reactions,
    talks,
    welcome,
    worry,
    worry_threads,
)
from bot.routing.router import Router


def every_route() -> Router:
    rooms = (
        *(joining, welcome, home, worry, worry_threads, reactions, talks, learnings),
        *(handbook, conference, coordinating, mydata, chats, help),
    )
    return Router().include(room.router for room in rooms)
