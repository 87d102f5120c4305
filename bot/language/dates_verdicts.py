"""Which of the days and times named are proposed, and which are declined, past, deadlines or only talked of."""

import re
from dataclasses import dataclass

from bot.language.dates_clocks import Part
from bot.language.dates_days import Gone, InDays, InWeek, Vague
from bot.language.dates_times import Span
from bot.language.dates_tokens import Token

_ENDS = re.compile(r"[。！!?？\n]|\.(?= |$)")
_DECLINED = re.compile(
    r"(?:無理|むり|ムリ|だめ|ダメ|駄目|(?<![a-z])ng(?![a-z])|[×✕✖❌✗]|厳し[いく]|きつい|難し[いく]|埋ま|うまって|ふさが|塞が"
    r"|(?:都合|つごう)[がは]?(?:悪|わる|つか|合わ|あわ)|出張|研修|別件|先約|予定[がは]?(?:あ[りる]|入)|以外|取りやめ|取り止め|見送|除[くい]|のぞ[くい]|避け|さけ"
    r"|中止|キャンセル|不可|欠席|休み(?!時間|明け)|お休|休館|閉館|行けな|行けませ|いけな|いけませ|来られ(?:な|ま)|出られ(?:な|ま)"
    r"|参加でき(?:な|ま)|でき(?:ない|ません)|じゃ(?:なく|ない)|では(?:なく|ない)|でなく|忙し|不在|外出|終日[^。、\n]{0,6}(?:会議|仕事|訪問|予定)"
    r"|(?<!る)ので(?!す)|(?<=の)ため|いっぱい|満席|用事|外せな|空いて(?:い)?(?:ない|ません)"
    r"|(?<![a-z])(?:can't|cannot|can not|not|busy|unavailable|except|cancel\w*|won't)(?![a-z]))",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:しい|しく|い|く)?(?:な場合|の場合|なら|だったら|でしたら|であれば|のとき|の時は|ければ|れば|なければ|な時|場合|たら)|ようなら|ようでしたら"
    r"|しい?(?:でしょう|です)か|(?:でしょう|です)か|い?かな"
)
_ACCEPTED = re.compile(
    r"[◯○△▲]|(?<![a-z])ok(?![a-z])|可(?!能性|否)|大丈夫|いけます|行けます|空いて(?!ない|ま?せん)|なら|いかが|どうで|お願い|希望|でも",
    re.IGNORECASE,
)
_BEFORE_DAYS = re.compile(r"(?:なの|の?日程?|な日)?(?: ?[:は→]| (?:on|do|make|at)\b| ?\x01)", re.IGNORECASE)
_BIRTH = re.compile("誕生日|生年月日")
_TOGETHER = re.compile(r"どちらも|いずれも|両方|とも|全て|すべて|全部")
_DUE = (
    r"(?:返[事信答]|回答|出欠|連絡|提出|申し?込|お?知らせ|教えて"
    r"|締[めっ]?切?|〆切?|期限|reply|respond|rsvp|due|deadline)"
)
_DUE_BEFORE = re.compile(
    r"締め?切り?|〆切?|期限|期日|deadline|due|(?:reply|respond|rsvp|answer)[^.\n]{0,12} by|(?<![a-z])by(?![a-z])", re.I
)
_REPLY_BY = re.compile(r"(?:返[事信答]|回答|出欠|連絡)[^。、\n\x01]{0,6}[は:]")
_UNTIL_REPLY = re.compile(rf"[^。\n]{{0,3}}?(?:まで|中)に?(?:は|、|,)?[^。\n]*?{_DUE}", re.I)
_DUE_AFTER = re.compile(
    r" ?(?:まで)?[がはに]? ?(?:の)?(?:締め?切|〆|期限|必着)|[^。\n]{0,4}までに(?:ご|お)?[^。\n]*(?:ください|下さい"
    r"|ます)",
    re.I,
)
_REPLY = re.compile(r"返事|返信|回答|連絡し|連絡いた|ご連絡|電話し|お電話|送り(?:ます|まし)|メール")
_THANKS = re.compile(r"ありがと|有難|有り難|お世話になりました|お疲れ様でした|おつかれさまでした|thank", re.I)
_MINUTES = re.compile(r"[^。、\n]{0,12}(?:議事録|記録を|報告書|資料を送)")
_EARLIER = re.compile(r"先日|前回|さっき|先ほど|この前|このあいだ|この間|以前")
_TALK = re.compile(
    r"(?:まし|でし|だっ|[いっん])た(?!い|ら|め|だ|く)|すみません|申し訳|生まれ|生$|よろしく(?!お願いします[?？])|また(?:明日|来週|今度|来月|来年)|良い?お年|お年を"
)
_ASKS = re.compile(
    r"^[^。\n]{0,6}?(?:で(?!き|は)|どう|いかが|あたり|頃|ごろ|希望|空|大丈夫|可能|ok|お願い|なら"
    r"|のどこか|会い|会え|集ま|やり|開|works?|free|sometime|か[?？]?$|$)",
    re.I,
)
_MOVED = re.compile(r"変更|ずら|移動|移し|延期|振り?替|リスケ|繰り[上下]|moved?|reschedul|→", re.I)
_MOVE = re.compile(r"(?:の(?:予定|会議|検討会|回))?(?:から|を|は|→|->)")
_NOT_FOLLOWED = 40


@dataclass(frozen=True, slots=True)
class Judged:
    """A token, whether it may be proposed, and whether words around it only talk."""

    token: Token
    dropped: bool = False
    talk: bool = False


def judged(text: str, found: list[Token]) -> list[Judged]:
    """Every token, marked."""
    blank = _blanked(text, found)
    dropped: set[int] = set()
    for start, end in _sentences(blank):
        inside = [index for index, token in enumerate(found) if start <= token.start < end]
        if inside:
            sentence = blank[:end]
            _due(sentence, start, found, inside, dropped)
            _past(sentence, start, found, inside, dropped)
            _moved(sentence, start, found, inside, dropped)
            _declined(sentence, start, found, inside, dropped)
    return [Judged(token, index in dropped, _talked(text, blank, token)) for index, token in enumerate(found)]


def _blanked(text: str, found: list[Token]) -> str:
    for token in found:
        end = token.end - 2 * token.text.endswith("まで")
        text = text[: token.start] + "\x01" * (end - token.start) + text[end:]
    return text


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in _ENDS.finditer(text)]
    starts = [0, *ends]
    return list(zip(starts, [*ends, len(text)], strict=True))


def _due(text: str, start: int, found: list[Token], inside: list[int], dropped: set[int]) -> None:
    """A day by which to answer is no day to meet."""
    for index in inside:
        end = found[index].end - 2 * found[index].text.endswith("まで")
        if _DUE_AFTER.match(text, end) or _UNTIL_REPLY.match(text, end):
            dropped.update(_with_day(found, inside, index))
    for match in _REPLY_BY.finditer(text, start):
        until = [index for index in inside if found[index].start >= match.end()]
        ends = next((index for index in until if found[index].text.endswith("まで")), None)
        dropped.update(index for index in until if ends is not None and index <= ends)
    for match in _DUE_BEFORE.finditer(text, start):
        if any(0 <= match.start() - found[index].end <= 2 for index in inside):
            continue
        after = [index for index in inside if found[index].start >= match.end()]
        if after and found[after[0]].start - match.end() <= 8:
            dropped.add(after[0])
            dropped.update(index for index in after[1:2] if found[after[0]].day and not found[index].day)


def _with_day(found: list[Token], inside: list[int], index: int) -> list[int]:
    """12/1 17時までに: the hour and the day before it."""
    if found[index].day is None and index - 1 in inside and found[index - 1].day is not None:
        return [index - 1, index]
    return [index]


def _past(text: str, start: int, found: list[Token], inside: list[int], dropped: set[int]) -> None:
    thanks = _THANKS.search(text, start)
    if _BIRTH.search(text, start):
        dropped.update(inside)
    for index in inside:
        token = found[index]
        if thanks and token.end <= thanks.start() and not _ACCEPTED.search(text, token.end, thanks.start()):
            dropped.add(index)
        if _MINUTES.match(text, token.end):
            dropped.add(index)
    for match in _EARLIER.finditer(text, start):
        stop = next(
            (
                place
                for place in (text.find(mark, match.end()) for mark in ("、", "が", "けど", ")", "と同"))
                if place >= 0
            ),
            len(text),
        )
        if not _ACCEPTED.search(text, match.end(), stop):
            dropped.update(index for index in inside if match.end() <= found[index].start < stop)


def _moved(text: str, start: int, found: list[Token], inside: list[int], dropped: set[int]) -> None:
    """12/3を12/5に変更: only what it is moved to."""
    moved = _MOVED.search(text, found[inside[0]].end)
    if not moved:
        return
    marks = list(_MOVE.finditer(text, start))
    for mark in reversed(marks):
        before = [index for index in inside if found[index].end <= mark.start()]
        after = [index for index in inside if found[index].start >= mark.end()]
        near = after and found[after[0]].start - mark.end() <= 6
        if before and near and (moved[0] != "→" or mark[0] == "→"):
            has_day = any(found[index].day for index in after)
            dropped.update(index for index in before if has_day or not found[index].day)
            return


def _declined(text: str, start: int, found: list[Token], inside: list[int], dropped: set[int]) -> None:
    reached = start
    for sign in sorted(
        (*_DECLINED.finditer(text, start), *_ACCEPTED.finditer(text, start)), key=lambda one: one.start()
    ):
        if sign.re is _ACCEPTED:
            reached = max(reached, sign.end())
            continue
        if _CONDITION.match(text, sign.end()) or _CONDITION.match(text, max(sign.end() - 1, 0)):
            reached = max(reached, sign.end())
            continue
        before = [index for index in inside if reached <= found[index].start < sign.start()]
        taken = _taken(text, found, before, sign.start())
        if not taken and _BEFORE_DAYS.match(text, sign.end()):
            taken = _ahead(text, found, inside, sign.end())
        if sign[0] in ("ので", "ため") and any(_hour(found[index]) for index in taken):
            continue
        reached = max(reached, sign.end())
        dropped.update(taken if not _hour_follows(found, taken) else [i for i in taken if not found[i].day])


def _hour(token: Token) -> bool:
    return isinstance(token.meaning, Span) and not token.meaning.until


def _taken(text: str, found: list[Token], before: list[int], sign: int) -> list[int]:
    """The days and times just before the sign, as far back as they are joined."""
    if not before:
        return []
    together = _TOGETHER.search(text, found[before[-1]].end, sign)
    taken = [before[-1]]
    for index in reversed(before[:-1]):
        gap = text[found[index].end : found[index + 1].start]
        complete = found[index].day is None and found[taken[-1]].day is not None
        if not together and (
            (complete and ("、" in gap or "," in gap or gap == " ")) or re.search(r"が、|けど|ので|ただし|\(", gap)
        ):
            break
        taken.append(index)
    return taken


def _ahead(text: str, found: list[Token], inside: list[int], sign: int) -> list[int]:
    """NG: 12/3, 12/4 OK: 12/5; what follows the sign, up to the next word of judgement."""
    accepted = _ACCEPTED.search(text, sign)
    stop = accepted.start() if accepted else len(text)
    taken: list[int] = []
    for index in inside:
        if not sign <= found[index].start < stop:
            continue
        timed = found[index].day and index + 1 < len(found) and found[index + 1].day is None
        if taken and timed and not re.search(r"[と・]|and|or", text[found[taken[-1]].end : found[index].start]):
            break
        taken.append(index)
    return taken


def _hour_follows(found: list[Token], taken: list[int]) -> bool:
    """14時は無理、15時なら: another hour is named for the same day."""
    if not taken or all(found[index].day for index in taken):
        return False
    after = max(taken) + 1
    return after < len(found) and found[after].day is None and not isinstance(found[after].meaning, Part)


def _talked(text: str, blank: str, token: Token) -> bool:
    """Whether the sentence only talks: this matters for a day without an hour and an hour without a day."""
    ends = _ENDS.search(blank, token.end)
    rest = blank[token.end : ends.end() if ends and ends[0] in "?？" else ends.start() if ends else len(blank)]
    if _TALK.search(rest) or _REPLY.search(rest):
        return True
    if text[max(0, token.start - 2) : token.start] == "また" and not _ASKS.match(rest.lstrip("もは")):
        return True
    if isinstance(token.meaning, Gone):
        return True
    weak = isinstance(token.meaning, Vague | Part | InDays) and not (
        isinstance(token.meaning, InDays) and token.text[-1] in ")日後"
    )
    weak = weak or (isinstance(token.meaning, InDays) and token.text in ("今日", "本日", "明日"))
    weak = weak and not isinstance(token.meaning, InWeek)
    return weak and not _ASKS.match(rest.split("\n")[0][:_NOT_FOLLOWED].lstrip("\x01 "))
