"""A danger that is written is noticed, however it is spelt; what only sounds like one is left alone."""

import asyncio
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import danger, danger_model, danger_rules, danger_signs, danger_spelling
from bot.language.danger import Level, level

SELF, CLIENT, VIOLENCE, NONE = Level.SELF_RISK, Level.CLIENT_RISK, Level.VIOLENCE, Level.NONE

SCENES = [
    ("支援員ですが、もう死にたいです。", SELF),
    ("帰りの電車を待っていると、飛び込めば楽になるのかなと考えてしまいます。", SELF),
    ("今夜、自分が何をするか分からなくて怖いです。", SELF),
    ("昨日、自分の腕を切ってしまいました。誰にも言えません。", SELF),
    ("I keep thinking about killing myself on the way home.", SELF),
    ("担当の男性から「死にたい」とLINEが来ました。どうしたらいいでしょうか。", CLIENT),
    ("お母さんが「この子を殺して私も死ぬ」と話しています。", CLIENT),
    ("息子さんが一週間、食事も水もほとんどとっていません。病院は嫌だと言います。", CLIENT),
    ("本人の机に遺書がありました。心配です。", CLIENT),
    ("My client says she has a plan to kill herself.", CLIENT),
    ("訪問先で、息子さんが母親を殴っているところを見ました。", VIOLENCE),
    ("利用者さんから「殺すぞ」と言われました。来週も訪問です。", VIOLENCE),
    ("父親が本人を部屋に閉じ込めて、外から鍵をかけています。", VIOLENCE),
    ("担当の女性が、父親から性的な被害を受けていると打ち明けました。", VIOLENCE),
    ("夫に首を絞められました。今夜も同じ家です。", VIOLENCE),
]

HIDDEN = [
    "死○たい",
    "死にた〇",
    "タヒにたい",
    "ﾀﾋにたい",
    "氏にたい",
    "4にたい",
    "シニタイ",
    "ｼﾆﾀｲ",
    "しーにーたーい",
    "し に た い",
    "死・に・た・い",
    "死、に、た、い",
    "死\u200bに\u2060た\ufeffい",
    "死\u0336に\u0336た\u0336い\u0336",
    "死\nに\nた\nい",
    "shinitai",
    "ｓｈｉｎｉｔａｉ",
    "きえたい",
    "kietai",
    "自○したい",
]

LOOK_ALIKES = [
    "死ぬほど忙しいです。来週の研修の準備が終わりません。",
    "恥ずかしくて死にたい、と笑いながら発表の失敗を話してくれました。",
    "スマホの電池が死んだので連絡できませんでした。",
    "ゲームで何回も死んでしまい、二人で笑いました。",
    "映画の主人公が自殺する場面があり、上映会の作品を選び直します。",
    "自殺予防の研修に参加します。準備しておくことはありますか。",
    "希死念慮のある人への一般的な対応を学びたいです。",
    "虐待防止マニュアルの最新版はどこにありますか。",
    "10年前に自殺未遂をしたことがある方ですが、今は元気に働いています。",
    "以前は暴力がありましたが、この三年は一度もありません。",
    "本人に自傷や暴力はありません。就労について相談したいです。",
    "母を亡くして半年、まだ悲しいです。",
    "もう疲れました。支援の仕事を辞めたいです。",
    "上司に腹が立って仕方がありません。",
    "はなしにたいしてどう返事をするか迷います。",
    "市にたいして要望を出しました。",
    "This paperwork is killing me.",
    "彼氏にたい焼きを買うそうです。",
]

RISKY_JAPANESE = st.sampled_from([text for text, _ in SCENES if not text.isascii()])


@pytest.mark.parametrize(("text", "expected"), SCENES)
def test_each_level_is_told(text: str, expected: Level) -> None:
    assert level(text) is expected


@pytest.mark.parametrize("text", HIDDEN)
def test_a_hidden_word_is_read(text: str) -> None:
    assert level(text) is SELF


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_sounds_like_danger_is_left_alone(text: str) -> None:
    assert level(text) is NONE


def test_a_sign_buried_in_a_long_record_is_found() -> None:
    calm = "午前は雨、参加は五名でした。昼はおにぎりを持ち寄り、米の炊き方で盛り上がりました。" * 12
    assert level(calm) is NONE
    assert level(calm + "帰りに本人が「今夜死にます」と言いました。" + calm) is CLIENT


def test_a_quotation_with_full_stops_is_one_sentence() -> None:
    assert danger_spelling.sentences("本人が「もういい。死にたい。」と書いた。次の話。") == [
        "本人が「もういい、死にたい、」と書いた。",
        "次の話。",
    ]


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_any_text_has_a_level(text: str) -> None:
    assert level(text) in Level


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\ud800", "。" * 50, "「" * 50, "㍿", "\u202e"])
def test_nothing_to_read_is_no_danger(text: str) -> None:
    assert level(text) is NONE


@settings(deadline=None, max_examples=60)
@given(RISKY_JAPANESE, st.data())
def test_what_is_put_between_letters_hides_nothing(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(1, len(text) - 1))
        between = data.draw(st.sampled_from([" ", "\u3000", "\u200b", "\u2060", "\u0336", "\ufe00", "\u00ad"]))
        text = text[:place] + between + text[place:]
    assert level(text) is not NONE


@settings(deadline=None, max_examples=60)
@given(RISKY_JAPANESE)
def test_half_width_kana_hides_nothing(text: str) -> None:
    narrow = {"ス": "ｽ", "ト": "ﾄ", "ラ": "ﾗ", "イ": "ｲ", "ン": "ﾝ", "。": "｡", "「": "｢", "」": "｣", "、": "､"}
    assert level("".join(narrow.get(sign, sign) for sign in text)) is level(text)


def spoil(path: Path) -> None:
    content = danger_model.WEIGHTS.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def rename(path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    saved = load_file(danger_model.WEIGHTS)
    save_file(saved | {"names": saved["names"] + 1}, path)


@pytest.fixture(params=[lambda _: None, spoil, rename, lambda path: path.write_bytes(b"")])
def broken(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights file: gone, cut short, of other marks, empty."""
    request.param(tmp_path / "weights")
    monkeypatch.setattr(danger_model, "WEIGHTS", tmp_path / "weights")
    danger_model.model.cache_clear()


@pytest.fixture(autouse=True)
def fresh_model() -> None:
    danger_model.model.cache_clear()


@pytest.mark.usefixtures("broken")
def test_without_weights_the_rules_stay_and_doubt_shows_the_card() -> None:
    assert not danger.whole()
    danger.warm()
    assert level("担当の男性から「死にたい」とLINEが来ました。") is CLIENT
    assert level("もう死にたいです。") is SELF
    assert level("父親が本人を殴っています。") is VIOLENCE
    assert level("映画の主人公が自殺する場面があります。") is not NONE
    assert level("通帳の解約や片づけを急いでいて、連絡が取れません。") is not NONE
    assert level("家族会の案内文を書いています。") is NONE


def test_whatever_breaks_shows_the_card(monkeypatch: pytest.MonkeyPatch) -> None:
    assert danger.whole()
    monkeypatch.setattr(danger_signs, "HERE", Path("nowhere"))
    danger_signs._patterns.cache_clear()
    try:
        assert level("家族会の案内文を書いています。") is SELF
    finally:
        danger_signs._patterns.cache_clear()


def test_the_rules_alone_know_plain_danger() -> None:
    for text, expected in SCENES:
        ruled = danger_rules.judge(danger_signs.marked(danger_spelling.sentences(text)))
        assert (ruled is NONE) is (expected is NONE), text


@pytest.mark.parametrize(
    "each", ["死にたいわけではない映画", "し ", "死\u0301\u0316", "「", "3日", "\n", "ー", "a", "\u200b"]
)
def test_time_grows_no_faster_than_the_text(each: str) -> None:
    short, long = (each * (size // len(each)) for size in (8_000, 32_000))
    level(short)
    began = time.process_time()
    level(short)
    middle = time.process_time()
    level(long)
    assert time.process_time() - middle < 4 * 3 * (middle - began) + 0.05


async def test_the_loop_is_not_held_up_while_a_long_text_is_read() -> None:
    text = "今日は家族会で、就労の話と年金の更新の話をしました。" * 400
    danger.warm()
    reading = asyncio.create_task(asyncio.to_thread(level, text))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0)
        turns += 1
    assert await reading is NONE
    assert turns > 5, "the loop went on turning beside it"


def test_the_training_texts_are_many_and_each_is_there_once() -> None:
    files = sorted((Path(__file__).parents[2] / "benchmarks" / "danger_training").glob("*.jsonl"))
    told = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    assert {file.stem for file in files} >= {str(each) for each in Level} == {each["level"] for each in told}
    assert len({each["text"] for each in told}) == len(told) >= 4_000


def test_the_weights_are_small() -> None:
    assert danger_model.WEIGHTS.stat().st_size < 1_000_000
