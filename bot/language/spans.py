"""A stretch of a text that may tell who somebody is, and what kind of detail it is."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    PERSON = "PERSON"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    ORG = "ORG"
    BIRTHDATE = "BIRTHDATE"
    ID = "ID"
    URL = "URL"
    ACCOUNT = "ACCOUNT"


@dataclass(frozen=True, slots=True)
class Span:
    """Where it begins and ends, as Python counts the text as it was written."""

    start: int
    end: int
    kind: Kind
