"""Where somebody lives or works is found whole; where one only travelled is left."""

import re
import time
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import details_places, municipalities
from bot.language.municipalities import municipalities as all_of_them
from bot.language.romaji import one_form, romaji

MARKED = re.compile(r"\[\[(.+?)\]\]")
LIST = Path(municipalities.__file__).with_suffix(".toml")

STOPPED = """
[[足立区]]に住む
両親は昨年[[足立区]]に転居した
[[東京都足立区西新井1-2-3 コーポ山田203号室]]に住む
[[〒180-0001 東京都武蔵野市吉祥寺北町1丁目2-3 メゾン吉祥寺 502]]
郵便番号は[[123-4567]]
[[習志野市津田沼五丁目十二番四号]]
[[船橋市前原西2の3の4]]
[[札幌市北区北24条西5丁目]]
いまは[[東京都八王子市みなみ野3丁目]]
[[長野県松本市大字里山辺１２３４番地]]
[[夕張郡栗山町字湯地123番地]]
[[岐阜県加茂郡]]の村で
[[徳島県美馬郡つるぎ町]]の山奥
[[横浜市青葉区あざみ野]]の団地に住む
[[札幌市豊平区月寒]]の吉岡です
[[足立区の花畑団地3号棟]]
[[桜町2丁目]]の一軒家
[[北千住駅]]の近くのアパート
最寄りは西武新宿線の[[鷺ノ宮駅]]
[[新宿駅]]の近くのネットカフェで寝泊まり
[[渋谷駅]]から歩いて10分のアパート
[[三軒茶屋]]に住む
[[本八幡]]に住む、[[八千代台]]のアパート
旧[[両津市]]の実家
長野さんは[[上田]]に住む
うちは[[盛岡]]で、雪がすごい
松山に旅行した兄は[[松山]]で店をやっている
[[川口]]の自宅を訪問
出身は[[会津若松]]
[[府中]]に転居
[[宇都宮]]生まれ[[足利]]育ち
[[厚木市]]→[[伊勢原市]]→[[秦野市]]、3年で3回の引っ越し
[[愛知県豊橋市]]から[[岡崎市]]に通う
[[えべつし]]に引っ越しました
[[あだち区]]に住む
[[龍ヶ崎市]]に住む
[[八丈島]]で暮らす
I live in [[Kamakura]] with my grandson
My brother lives alone in [[Adachi-ku, Tokyo]].
"""

LEFT_ALONE = """
札幌で研修があった
横浜市で研修があり参加した
大阪の大会に出た、京都に旅行した
熱海に社員旅行、草津温泉の旅行
夕張メロン、有田焼、宇都宮餃子、讃岐うどん
箱根駅伝を見た、東京駅で乗り換えた、新宿駅で迷った
上野さんの家、上野動物園の写真
隣の市に住む、小さな町に住んでいる、この村に住む
県内の施設、市内の中学校、区役所の窓口
福島に住む、北海道に住む、九州の実家、東京で働く
福島さんの家、岡崎先生、泉さんと光くん
江戸川区の調査によると、藤里町の取り組み、明石市の事例
県営住宅に住む、古い団地で一人暮らし、マンションに住む
最寄り駅まで歩く、駅の近くに住む
温泉区域、区別、中学校区、農村、地方都市、市町村
昭和に生まれた、朝日に当たる、二階に住む
3丁目の夕日
lives in Japan, lives in Tokyo, training in Osaka
"""

ADVERSARIAL = (
    "区",
    "し",
    "市",
    "駅",
    "団地",
    "1丁目",
    "足立区",
    "足立区の",
    "〒123-4567",
    "あ",
    "一",
    "に住",
    " ",
    "ア",
    "字",
    "1-",
)


def lines(block: str) -> list[str]:
    return block.strip().split("\n")


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in details_places.find(text)]


@pytest.mark.parametrize("line", lines(STOPPED))
def test_somebodys_place_is_found_whole(line: str) -> None:
    assert found(MARKED.sub(r"\1", line)) == MARKED.findall(line)


@pytest.mark.parametrize("line", lines(LEFT_ALONE))
def test_other_places_are_left(line: str) -> None:
    assert found(line) == []


def test_the_list_holds_every_municipality() -> None:
    written = tomllib.loads(LIST.read_text(encoding="utf-8"))
    cities = [prefecture.get("designated", {}) for prefecture in written["prefectures"]]
    assert all_of_them().count == 1741
    assert len(all_of_them().prefectures) == 47
    assert sum(map(len, cities)) == 20
    assert sum(len(wards) for city in cities for wards in city.values()) == 171
    assert written["source"].startswith("https://")
    assert isinstance(written["taken_on"], date)


def test_every_reading_is_kana_and_ends_like_its_name() -> None:
    ends = {"市": ("し",), "区": ("く",), "町": ("ちょう", "まち"), "村": ("むら", "そん"), "郡": ("ぐん",)}
    pairs = re.findall(r'"([^"/:]+)/([^"]+)"', LIST.read_text(encoding="utf-8"))
    municipal = [(name, reading) for name, reading in pairs if name[-1] in ends]
    assert len(municipal) > 1741
    assert [pair for pair in municipal if not pair[1].endswith(ends[pair[0][-1]])] == []
    assert [reading for _, reading in pairs if not re.fullmatch("[ぁ-んー]+", reading)] == []


def test_every_municipality_is_found() -> None:
    names = sorted(all_of_them().names)
    missed = [name for name in names[::7] if name not in found(f"母は{name}に住んでいる")]
    assert missed == []


def test_latin_letters_have_one_form() -> None:
    assert romaji("おおさか") == one_form("Ōsaka") == one_form("Osaka")
    assert romaji("ほっかいどう") == one_form("Hokkaidou")
    assert romaji("しんばし") == one_form("Shimbashi")
    assert romaji("きょうと") == "kyoto"


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    spans = details_places.find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(
    st.lists(
        st.sampled_from([*ADVERSARIAL, "東京都", "さいたま市", "の", "、", "\n", "\u200b", "ヶ", "号室", "実家"]),
        max_size=25,
    )
)
def test_any_row_of_pieces_is_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = details_places.find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = piece * (15_000 // len(piece))
    begun = time.perf_counter()
    details_places.find(text)
    # 25 µs a sign at the worst; a search that starts again at every sign takes minutes here.
    assert time.perf_counter() - begun < 5
