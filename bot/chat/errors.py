"""The one error tree: what may go wrong, and whom it is told to."""

from bot.chat.messages import Reply


class YorisoiError(Exception):
    """Everything we raise on purpose."""


class Refused(YorisoiError):
    """Told to the person, gently, in the words of the catalogue key; nothing was stored.

    field: the field of a form that should be answered differently. offer: what may stand there instead.
    """

    def __init__(self, key: str, *, field: str = "", offer: str = "", **values: object) -> None:
        super().__init__(key)
        self.key, self.field, self.offer, self.values = key, field, offer, values


class RetryLater(YorisoiError):
    """The platform asks to wait. after: seconds, or None when it did not say."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Unreachable(YorisoiError):
    """This address will not take letters: blocked, left, deleted.

    for_now: the platform tells when it takes them again (News "back"); until then they wait and are not tried.
    """

    def __init__(self, reason: str, *, for_now: bool = False) -> None:
        super().__init__(reason)
        self.for_now = for_now


class Misconfigured(YorisoiError):
    """Told to the operator: which setting, what is wrong, and the exact fix."""

    def __init__(self, setting: str, problem: str, fix: str) -> None:
        super().__init__(f"{setting}: {problem} Fix: {fix}")
        self.setting, self.problem, self.fix = setting, problem, fix


class NotStored(YorisoiError):
    """Nothing is on the disk, so that the event must come again; reply: what cannot wait until then."""

    def __init__(self, reason: str, reply: Reply) -> None:
        super().__init__(reason)
        self.reply = reply
