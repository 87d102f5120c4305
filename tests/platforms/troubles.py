"""What goes wrong on an ordinary bad day: shares of all calls, drawn from a seed that gives the same day again."""

import random
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

Fault = TypeVar("Fault")

KINDS: Mapping[str, str] = {
    "429": "told to wait so many seconds (Retry-After), and nothing is done",
    "500": "a server error, and nothing is done",
    "drop": "the connection is reset, and nothing is done",
    "reset": "it is done, then the connection is reset",
    "slow": "it is done, and answered so many seconds later",
    "hole": "nothing is done, and no answer ever comes",
}
"""Every kind of trouble; README.md of each platform lists them."""


class Troubles(Generic[Fault]):
    """shares: of all calls, by kind. makers: what a kind is on this platform, given the seconds."""

    def __init__(
        self,
        shares: Mapping[str, float],
        makers: Mapping[str, Callable[[float], Fault]],
        seed: int,
        seconds: float = 1.0,
    ) -> None:
        assert makers.keys() == KINDS.keys(), "every platform knows every kind"
        unknown = shares.keys() - KINDS.keys()
        if unknown or sum(shares.values()) > 1:
            raise ValueError(f"no such trouble: {sorted(unknown)}" if unknown else "more troubles than calls")
        self._shares, self._makers, self._seconds = dict(shares), makers, seconds
        self._chance = random.Random(seed)

    def drawn(self) -> Fault | None:
        """For the next call; None where it goes well."""
        left = self._chance.random()
        for kind, share in self._shares.items():
            left -= share
            if left < 0:
                return self._makers[kind](self._seconds)
        return None


def share(written: str) -> tuple[str, float]:
    """From the command line: 429=0.05 is one call in twenty."""
    kind, _, part = written.partition("=")
    if kind not in KINDS or not 0 <= float(part or "x") <= 1:
        raise ValueError(written)
    return kind, float(part)
