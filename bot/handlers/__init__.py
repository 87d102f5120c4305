"""One file per thing people come for; this is the whole list."""

from bot.handlers import (
    chats,
    conference,
    coordinating,
    danger,
    handbook,
    help,
    home,
    joining,
    mydata,
    welcome,
    worry,
    worry_threads,
)
from bot.routing.router import Router


def every_route() -> Router:
    to_others = (worry, worry_threads, danger, handbook, conference)
    rooms = (joining, welcome, home, *to_others, coordinating, mydata, chats, help)
    return Router().include(room.router for room in rooms)
