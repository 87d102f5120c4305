"""One file per thing people come for; this is the whole list."""

from bot.handlers import (
    chats,
    community,
    conference,
    coordinating,
    handbook,
    help,
    home,
    joining,
    mydata,
    welcome,
    worry,
    worry_handbook,
    worry_threads,
)
from bot.routing.router import Router


def every_route() -> Router:
    rooms = (
        joining,
        welcome,
        home,
        worry,
        worry_handbook,
        worry_threads,
        handbook,
        conference,
        community,
        coordinating,
        mydata,
        chats,
        help,
    )
    return Router().include(room.router for room in rooms)
