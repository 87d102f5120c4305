"""Ten thousand texts that would come alive in Slack, if anybody let them."""

import random

HAND = [
    "<!channel>", "<!here>", "<!everyone>", "<!here|here>", "<!channel|@channel>", "<@U0HANA>", "<@U0HANA|hana>",
    "<@W0HANA>",
    "<!subteam^S0TEAM>", "<!subteam^S0TEAM|@shien>", "<#C0HIROBA>", "<#C0HIROBA|hiroba>", "<https://evil.example>",
    "<https://evil.example|https://www.city.example.jp>", "<http://evil.example|こちら>", 
    "<mailto:a@evil.example|役場>",
    "<tel:+81312345678|電話>", "<slack://channel?team=T0TEAM&id=C0HIROBA|開く>", "<javascript:alert(1)|x>",
    "<!date^1392734382^{date_long}^https://evil.example|きのう>", "<!date^0^{ago}|x>",
    "https://evil.example/a?b=1&c=2", "HTTP://EVIL.EXAMPLE", "www.evil.example", "evil.example/x", "ftp://evil.example",
    "mailto:a@evil.example", "a@evil.example", "slack://user?team=T0TEAM&id=U0HANA", "@here", "@channel", "@everyone",
    "@hana", "@花子", "#general", "#ひろば", "＠here", "＃general", "＜!channel＞", "〈!here〉", "<\u200b!channel>",
    "<!chan\u200bnel>", "<!\u00adhere>", "<\u202e!lennahc>", "\u202e<!channel>\u202c", "\u2066<@U0HANA>\u2069",
    "<@U0HANA\u0301>", "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;", "&#60;!channel&#62;", "&#x3c;!here&#x3e;",
    "&LT;!here&GT;", "&lt!channel&gt", "&lt;@U0HANA&gt;", "&amp;", "%3C!channel%3E", "\\u003c!channel\\u003e",
    ":pray:", ":+1:", ":thumbsup::skin-tone-3:", ":here:", ":channel_emoji_canary:", "*太字*", "_斜体_", "~消す~",
    "`code`", "```\n<!channel>\n```", "> 引用", ">>> ずっと引用", "&gt; 引用", "- 箇条書き", "1. 番号", "• 点",
    "[こちら](https://evil.example)", "![x](https://evil.example/x.png)", "[x]: https://evil.example", "# 見出し",
    "<b>太い</b>", "<script>alert(1)</script>", "<a href=\"https://evil.example\">x</a>", "<!-- -->",
    "<>", "<|>", "<<!here>>",
    "<!here", "!here>", "<@", "{\"type\":\"mrkdwn\",\"text\":\"<!here>\"}", "/yorisoi join X", "/remind @here", "/menu",
    "\x00<!here>", "\x1b[31m", "\r\n<!channel>", "\u2028<!here>", "\u0085@here", "悩", "訪問しています。", "　",
    "👩‍👩‍👧‍👦", "𠮷野家",
]  # fmt: skip
"""By hand: mentions, lies about links, entities twice encoded, look-alikes, other markups, and ordinary words."""

JOINTS = [
    "", " ", "\n", "|", "<", ">", "&", "&lt;", "&gt;", "&amp;", "\u200b", "\u202e", "`", "*", ":", "。", "\u3000", "\t",
    "<!", "^",
]  # fmt: skip
BRACKETS = [
    ("", ""), ("<", ">"), ("<<", ">>"), ("&lt;", "&gt;"), ("`", "`"), ("*", "*"), ("「", "」"), ("<!", ">"),
    ("<@", ">"),
]  # fmt: skip


def sharp_texts(count: int, seed: int = 20261124) -> list[str]:
    """Those made by hand first, then new ones put together from them."""
    chance, made = random.Random(seed), dict.fromkeys(HAND)
    while len(made) < count:
        words = "".join(chance.choice(HAND) + chance.choice(JOINTS) for _ in range(chance.randint(1, 5)))
        before, after = chance.choice(BRACKETS)
        made.setdefault(f"{before}{_shaken(words, chance)}{after}")
    return list(made)


def _shaken(words: str, chance: random.Random) -> str:
    """Now and then a sign is doubled, dropped or changed in case: what a filter by pattern would miss."""
    signs = list(words)
    for _ in range(chance.choice([0, 0, 0, 1, 2])):
        at = chance.randrange(len(signs))
        signs[at] = chance.choice([signs[at] * 2, "", signs[at].swapcase(), f"\u200b{signs[at]}"])
    return "".join(signs)
