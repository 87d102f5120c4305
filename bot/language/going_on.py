"""Whether a short question only makes sense after the one before it: もう少し具体的に, ほかには, and for example?"""

import re

LONGEST = 20
"""Characters: whoever writes more says what it is about."""

_GOES_ON = re.compile(
    r"もう少し|もうちょっと|もうすこし|もっと|具体|くわしく|詳しく|例えば|たとえば|例は|ほかに|他に|ほかは|それで|それから"
    r"|その場合|その時|そのとき|その後|じゃあ|続き|つづき"
    r"|\bmore\b|\bexamples?\b|\belse\b|\bthen\b|\bsuch as\b|\bhow so\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"(?:それは|そうなるのは)?(?:なんで|なぜ|どうして|why)(?:ですか|なんですか|でしょうか|なの)?[?？。…\s]*",
    re.IGNORECASE,
)
"""Alone: なぜ本人は部屋から出ないのか is a question of its own."""


def goes_on(words: str) -> bool:
    return bool(_WHY.fullmatch(words)) or (len(words) <= LONGEST and _GOES_ON.search(words) is not None)
