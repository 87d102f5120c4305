"""One file per thing people come for; this is the whole list."""

from bot.handlers import (
    chats,
    conference,
    coordinating,
    handbook,
    help,
    home,
    joining,
    mydata,
    profile,
    welcome,
    worry,
    worry_authors,
    worry_sharing,
    worry_threads,
)
from bot.routing.router import Router


def every_route() -> Router:
    worries = (worry, worry_sharing, worry_authors, worry_threads)
    rooms = (joining, welcome, home, *worries, handbook, conference, coordinating, mydata, profile, chats, help)
    return Router().include(room.router for room in rooms)
