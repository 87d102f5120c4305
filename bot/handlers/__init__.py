"""One file per thing people come for; this is the whole list."""

from bot.handlers import (
    chats,
    community,
    conference,
    coordinating,
    duty,
    following_up,
    handbook,
    help,
    home,
    joining,
    mydata,
    unanswered,
    welcome,
    worry,
    worry_threads,
)
from bot.routing.router import Router


def every_route() -> Router:
    rooms = (
        joining,
        welcome,
        home,
        worry,
        worry_threads,
        unanswered,
        following_up,
        duty,
        handbook,
        conference,
        community,
        coordinating,
        mydata,
        chats,
        help,
    )
    return Router().include(room.router for room in rooms)
