"""The four levels of danger that a text can show."""

from enum import StrEnum


class Level(StrEnum):
    NONE = "none"
    CLIENT_RISK = "client_risk"
    SELF_RISK = "self_risk"
    VIOLENCE = "violence"
