"""Telephones, mails, links, days of birth, numbers and accounts as people write them, and what only looks so."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import details_patterns

MARKED = re.compile(r"\[\[(.+?)\|(\w+)\]\]")

STOPPED = """
母の携帯が[[０８０　１２３４　５６７８|PHONE]]、夜は出ません
折り返しは[[03(1234)5678|PHONE]]までお願いします
事務所の直通 [[045-123-4567（内線23）|PHONE]]
番号控えました→[[070.1234.5678|PHONE]]
[[(090)1234-5678|PHONE]] か [[0467-12-3456|PHONE]] に
[[〇八〇－一二三四－五六七八|PHONE]]が本人の番号
[[〇九〇の一二三四の五六七八|PHONE]]
[[080 - 1234 - 5678|PHONE]] です
[[0 9 0 1 2 3 4 5 6 7 8|PHONE]]
[[09012345678|PHONE]]にSMS
[[+81 90-1234-5678|PHONE]] / [[+81(0)3-1234-5678|PHONE]]
国際電話 [[+1-415-555-0132|PHONE]] の兄
電話：[[0120-444-555|PHONE]]（勤務先のコールセンター）
家の電話は[[23-4567|PHONE]]
お父さんの勤め先（[[052-999-1234|PHONE]]）にも電話しちゃった
[[090-1234-XXXX|PHONE]]だったと思う
連絡先→[[taro.yamada+hiki@example.ne.jp|EMAIL]]
メアド：[[ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ|EMAIL]]
[[taro_yamada（at）example.com|EMAIL]]、[[hanako アットマーク gmail ドット com|EMAIL]]
[[Hanako.S-1985@EXAMPLE.COM|EMAIL]]。
[[hoge_fuga at example.com|EMAIL]]
本人のブログ [[http://blog.example.jp/~taro/diary.html|URL]] に
[[https://www.example.com/watch?v=abc123&t=10s|URL]]の動画
[[ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｃｏｍ／ａ|URL]]
（[[https://example.jp/user/花子|URL]]）が消えた
[[lit.link/hanako|URL]]、[[www.example.co.jp|URL]]、[[blog.example.jp|URL]]で日記
LINEは[[yuki_1999|ACCOUNT]]で追加して
LINE IDは[[taro.y88|ACCOUNT]]です
Xアカウント([[@h_k_1122|ACCOUNT]])で暴言
[[nemuri#0420|ACCOUNT]]さんとだけ話す
フレコは[[SW-0123-4567-8901|ACCOUNT]]
フレンドコード：[[0123 4567 8901|ACCOUNT]]
ハンドルネーム[[†黒薔薇†|ACCOUNT]]
ツイッターの「[[ねむりひめ|ACCOUNT]]」というアカウント
YouTubeチャンネル「[[こもりびとの庭|ACCOUNT]]」
ゲームの中では[[赤いきつね_bot|ACCOUNT]]という名前で
荒野行動のIDは[[1234567890|ACCOUNT]]
[[sora.no.ie_21|ACCOUNT]]がサブ垢
生年月日　[[昭和52年10月3日|BIRTHDATE]]
[[1972/11/03|BIRTHDATE]]生、[[S47.11.3|BIRTHDATE]]生まれ
[[昭和六十年四月二日|BIRTHDATE]]生まれ
誕生日が[[三月三日|BIRTHDATE]]で
[[7月7日|BIRTHDATE]]が彼女の誕生日
来週[[11月30日|BIRTHDATE]]で40歳になる
保険の人が[[昭和四十年八月一日|BIRTHDATE]]って。親の誕生日を知らなかった
born on [[April 2, 1985|BIRTHDATE]]
名前 生 [[H2.2.2|BIRTHDATE]] 職 なし
障害者手帳の番号は[[第987654号|ID]]
診察券 [[No.88213|ID]] を忘れた
マイナンバー[[１２３４５６７８９０１２|ID]]
ケース番号[[2024-118|ID]]
学籍番号は[[B18042|ID]]だった
事件番号は[[令和6年（家）第512号|ID]]
口座は普通[[7654321|ID]]
車は[[横浜 500 さ 12-34|ID]]
カルテ番号[[三四五六七|ID]]
"""

LEFT_ALONE = """
8050問題、110番や119番、#7119、189
第3回の会議、令和6年度、106条の6、様式第2号
いのちの電話 0570-783-556
よりそいホットライン（0120-279-338）
0120-279-338（よりそいホットライン）
24時間子供SOSダイヤル 0120-0-78310
整理券の番号は27番
LINEのスタンプだけ返ってくる
アカウントを消したい、IDがわからない
ハンドルネームで呼び合っている
手帳は2級、2024年に更新した
誕生日に5000円渡した
誕生日の3日前に部屋から出た
4月2日に面談、6月10日に再訪問
生まれて初めて2024年5月1日に外出
2024/11/03 14:00から、10:00-12:00
1,234,567円、25.5度、0.12345678
電話は平日9時から17時まで、電話を3回
血圧130-85、ページ12-34
Windows11とiPhone15とSwitch2とPS5
SNSで「死にたい」と検索、ゲームの名前は「マインクラフト」
COVID-19、F32.1、DSM-5、A4の紙
3個@100円、@ホームな職場
年金は月66000円、カードで10000円
2019 2020 2021と続く
"""

ADVERSARIAL = (
    "1",
    "@",
    "a",
    "0-",
    "(",
    "a.",
    "「",
    "一",
    "LINE",
    "番号",
    "誕生日",
    "1985年4月2日",
    "https://",
    "†a",
    "090 ",
    "に",
    "a@b.",
    "手帳は、",
    ")",
    "http://(",
)


def lines(block: str) -> list[str]:
    return block.strip().split("\n")


def found(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.kind.value) for span in details_patterns.find(text)]


@pytest.mark.parametrize("line", lines(STOPPED))
def test_a_detail_is_found_whole(line: str) -> None:
    assert found(MARKED.sub(r"\1", line)) == MARKED.findall(line)


@pytest.mark.parametrize("line", lines(LEFT_ALONE))
def test_what_only_looks_like_one_is_left(line: str) -> None:
    assert found(line) == []


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    spans = details_patterns.find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(
    st.lists(
        st.sampled_from([*ADVERSARIAL, "０９０", "昭和", "。", "ID", "\u200b", "\ud800", "令和5年", "番", "#"]),
        max_size=30,
    )
)
def test_any_row_of_pieces_is_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert all(0 <= span.start < span.end <= len(text) for span in details_patterns.find(text))


@given(
    st.integers(0, 10**8 - 1),
    st.sampled_from(["090", "080", "070", "050"]),
    st.sampled_from(["-", " ", "", "ー", "．", "の"]),
)
def test_every_mobile_number_is_found(number: int, start: str, gap: str) -> None:
    digits = f"{number:08}"
    written = gap.join((start, digits[:4], digits[4:]))
    assert found(f"番号は{written}です") == [(written, "PHONE")]
    wide = written.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789"})
    assert found(f"番号は{wide}です") == [(wide, "PHONE")]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    begun = time.perf_counter()
    details_patterns.find(text)
    # 5 µs a sign are usual; a search that starts again at every sign takes minutes here.
    assert time.perf_counter() - begun < 5
