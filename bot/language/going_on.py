"""Whether a short question only makes sense after the one before it: もう少し具体的に, ほかには, and for example?"""

import re

LONGEST = 30
"""Characters: whoever writes more says what it is about."""

_GOES_ON = re.compile(
    r"もう少し|もうちょっと|もうすこし|もっと|具体|くわしく|詳しく|例えば|たとえば|例は|ほかに|他に|ほかは|それで|それから"
    r"|その場合|その時|そのとき|その後|じゃあ|続き|つづき|なんで|なぜ|どうして"
    r"|\bmore\b|\bexamples?\b|\belse\b|\bthen\b|\bwhy\b|\bsuch as\b|\bhow so\b",
    re.IGNORECASE,
)


def goes_on(words: str) -> bool:
    return len(words) <= LONGEST and _GOES_ON.search(words) is not None
