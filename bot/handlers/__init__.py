"""One file per thing people come for; this is the whole list."""

from bot.handlers import (
    chats,
    community,
    conference,
    coordinating,
    danger,
    handbook,
    help,
    home,
    joining,
    learnings,
    moderation,
    mydata,
    reactions,
    reporting,
    talks,
    welcome,
    worry,
    worry_handbook,
    worry_threads,
)
from bot.routing.router import Router

ROOMS = (
    chats,
    community,
    conference,
    coordinating,
    danger,
    handbook,
    help,
    home,
    joining,
    learnings,
    moderation,
    mydata,
    reactions,
    reporting,
    talks,
    welcome,
    worry,
    worry_handbook,
    worry_threads,
)


def every_route() -> Router:
    return Router().include(room.router for room in ROOMS)
