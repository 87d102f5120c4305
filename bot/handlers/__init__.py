"""One file per thing people come for; this is the whole list."""

from bot.handlers import (
    chats,
    conference,
    coordinating,
    handbook,
    help,
    home,
    joining,
    moderation,
    mydata,
    reporting,
    welcome,
    worry,
    worry_threads,
)
from bot.routing.router import Router


def every_route() -> Router:
    watching = (reporting, moderation)
    rooms = (
        joining,
        welcome,
        home,
        worry,
        worry_threads,
        *watching,
        handbook,
        conference,
        coordinating,
        mydata,
        chats,
        help,
    )
    return Router().include(room.router for room in rooms)
