"""支援会議: of such a meeting the bot keeps the dates and nothing else.

It rests on a law: 社会福祉法 (昭和26年法律第45号) 第106条の6 for what several services look after, and its sister in
生活困窮者自立支援法 第9条. Whoever works in it must keep its secrets. Checked on 2026-11-24 in the rules of a city that
names the article and the duty (さぬき市支援会議設置要綱, 令和4年告示第94号の3, articles 1 and 7,
https://reiki-sanuki.com/reiki_honbun/o111RG00001328.html); the sister article could not be looked up there, so that the
words for people name the first one, and "など".
"""

from bot.chat.errors import Refused
from bot.store.conferences import PublicConference


def refuse_support(found: PublicConference) -> None:
    """In two lines: no sheet, no theme, no minutes."""
    if found.kind == "support":
        raise Refused("conference_sheet.support")
