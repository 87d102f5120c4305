"""What may go wrong in this room, told to the operator with its fix."""


class HandbookError(Exception):
    """A handbook file that cannot be used as it stands; names the file, the entry and the line."""


class KnowledgeUnavailable(Exception):
    """A part that search wants is missing. problem: what is wrong. fix: what the operator can do."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(f"{problem} Fix: {fix}")
        self.problem, self.fix = problem, fix


class HotlinesError(Exception):
    """The file of numbers cannot be used as it stands; names the entry and the mistake."""
