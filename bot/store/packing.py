"""Turns what people do and what the bot says into bytes to be sealed, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.chat.events import Address, Body, Command, Edit, Event, News, Press, Submit, Text
from bot.chat.messages import Button, Choice, Field, Form, Message

_BODIES: dict[str, type[Body]] = {each.__name__: each for each in (Text, Command, Press, Submit, Edit, News)}


def pack(value: dict[str, Any]) -> bytes:
    # a lone surrogate in people's words must not stop the inbox; the pipeline cleans it later
    return json.dumps(value, separators=(",", ":")).encode()


def unpack(packed: bytes) -> dict[str, Any]:
    value = json.loads(packed)
    if not isinstance(value, dict):
        raise TypeError("a packed value is an object")
    return value


def event_to_dict(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "sender": event.sender,
        "address": address_to_list(event.address),
        "direct": event.direct,
        "modal": event.modal,
        "at": event.at.isoformat(),
        "dialogs": event.dialogs,
        **body_to_dict(event.body),
    }


def event_from_dict(value: dict[str, Any]) -> Event:
    return Event(
        id=value["id"],
        sender=value["sender"],
        address=Address(*value["address"]),
        direct=value["direct"],
        modal=value["modal"],
        at=datetime.fromisoformat(value["at"]),
        dialogs=value.get("dialogs", False),  # events stored by 0.1.0 do not say
        body=body_from_dict(value),
    )


def body_to_dict(body: Body) -> dict[str, Any]:
    written = {name: value for name, value in asdict(body).items() if name != "softened"}
    return {"kind": type(body).__name__, "body": written}


def body_from_dict(value: Mapping[str, Any]) -> Body:
    return _BODIES[value["kind"]](**value["body"])


def address_to_list(address: Address) -> list[str]:
    return [address.platform, address.space, address.channel, address.thread]


def message_to_dict(message: Message) -> dict[str, Any]:
    return {
        "body": message.body,
        "title": message.title,
        "quote": message.quote,
        "note": message.note,
        "buttons": [_button_to_list(button) for button in message.buttons],
        "opens": message.opens,
        **({"own": True} if message.own else {}),  # an older version takes up what a newer one left
    }


def _button_to_list(button: Button) -> list[Any]:
    # as above: only what an older version does not know is more than it expects
    return [button.label, button.action, button.argument, *([True] if button.beside else [])]


def message_from_dict(value: dict[str, Any]) -> Message:
    return Message(**{**value, "buttons": tuple(Button(*parts) for parts in value["buttons"])})


def form_to_dict(form: Form) -> dict[str, Any]:
    return asdict(form)


def form_from_dict(value: dict[str, Any]) -> Form:
    fields = tuple(
        Field(**{**field, "choices": tuple(Choice(**choice) for choice in field["choices"])})
        for field in value["fields"]
    )
    return Form(**{**value, "fields": fields})
