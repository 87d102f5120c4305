"""One file per thing people come for; this is the whole list."""

from bot.handlers import (
    cases,
    chats,
    community,
    conference,
    coordinating,
    danger,
    duty,
    following_up,
    handbook,
    help,
    home,
    joining,
    learnings,
    moderation,
    mydata,
    profile,
    reactions,
    reporting,
    talks,
    unanswered,
    welcome,
    worry,
    worry_authors,
    worry_handbook,
    worry_sharing,
    worry_threads,
)
from bot.routing.router import Router

ROOMS = (
    cases,
    chats,
    community,
    conference,
    coordinating,
    danger,
    duty,
    following_up,
    handbook,
    help,
    home,
    joining,
    learnings,
    moderation,
    mydata,
    profile,
    reactions,
    reporting,
    talks,
    unanswered,
    welcome,
    worry,
    worry_authors,
    worry_handbook,
    worry_sharing,
    worry_threads,
)


def every_route() -> Router:
    return Router().include(room.router for room in ROOMS)
