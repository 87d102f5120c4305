"""Names of people are found as people write them, and what only looks like one is left alone."""

import pytest

from bot.language.details import find
from bot.language.spans import Kind


def marked(text: str) -> tuple[str, list[str]]:
    """The text without its brackets, and what stood in them."""
    pieces = text.replace("⟧", "⟦").split("⟦")
    return "".join(pieces), pieces[1::2]


def people(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind is Kind.PERSON]


NAMED = """
だれも⟦さとし⟧のことを責めていないのに
⟦碧⟧は猫としか話さない
The social worker, ⟦Bridget⟧, never takes her coat off
担当の⟦笹原⟧さんから引き継ぎました
⟦若林浩介⟧は中学から学校に行っていない
⟦若林　浩介⟧（34）、父の⟦若林 茂⟧
⟦若 林 浩 介⟧様の件
次男の⟦悠人⟧が部屋から出てこない
うちの⟦俊介⟧は、今年で38になります
⟦わかばやし⟧さんの弟の⟦けんた⟧
⟦ﾜｶﾊﾞﾔｼ⟧さんに電話
⟦ワカバヤシコウスケ⟧のケース
⟦まえだゆうと⟧は夜だけ起きている
⟦Wakabayashi Kosuke⟧の記録
I visited ⟦Yuto Maeda⟧ with Dr. ⟦Mori⟧ and wakabayashi-san's mother
⟦森⟧さんと⟦林⟧先生、⟦原⟧課長
弟の⟦健⟧は高校生です
⟦優⟧（19）は春に帰ってきた
長女の⟦愛⟧は、まだ寝ている
⟦千葉⟧さんは千葉県の人です
⟦桜井⟧に相談したら笑われた
⟦高木⟧・⟦増田⟧・⟦佐久間⟧で分担する
⟦今井⟧保健師と⟦宮川⟧相談員
本名は⟦春山⟧というらしい
⟦たけ⟧ちゃんのお母さん
⟦グエン・ティ・ラン⟧さんは日本語が苦手
⟦陽一⟧兄さんのこと
⟦悠人⟧（⟦ゆうと⟧）と読みます
⟦小池⟧が言うには
""".strip().splitlines()

NOBODY = """
泉があふれるように話し出した夜でした
Mother's room is the only warm one
森の中で光を見つけた。希望と愛を持って、春を待つ
お母さんと保健師さん、利用者さん、皆さん、お客様
Aさんの長男(25歳)、B子、Ｋ君
斎藤環さんの本と、夏目漱石の『こころ』と、アドラー心理学
ドラえもん、炭治郎、ピカチュウ、桃太郎
たんぽぽさん、すみれさん、お返事ありがとうございます
松本に行った。千葉から引っ越した。札幌市豊平区月寒に住む
本人の中にある力。上司の方に伝えた。名前があります
あきらかに痩せた。はるかに大変だ。みんな元気です
南の島へ。東の空。西日の差す部屋
I may make a mistake at home. You do not know. He went to Osaka in spring
昨日から家にいる。いいのかな。そのあとみなさんに話した
""".strip().splitlines()


@pytest.mark.parametrize("line", NAMED)
def test_a_name_is_found_whole_and_without_what_honours_it(line: str) -> None:
    text, names = marked(line)
    assert [name for name in names if name not in people(text)] == []


@pytest.mark.parametrize("line", NOBODY)
def test_what_only_looks_like_a_name_is_left_alone(line: str) -> None:
    assert people(line) == []


def test_a_known_name_is_somebodys_own_again_behind_kin() -> None:
    assert people("太宰の小説を読んでいる") == []
    assert people("担当の太宰さんに会った") == ["太宰"]
