"""Offices, schools, clinics and companies with a name of their own are found; kinds of them are not."""

import pytest

from bot.language.details import find
from bot.language.spans import Kind
from tests.language.test_details_names import marked

NAMED = """
⟦上田東高校⟧を中退した
⟦長野市役所福祉課⟧に電話した
⟦信州大学附属病院⟧に通院
⟦あおぞら作業所⟧、⟦NPO法人ひだまりの丘⟧、⟦株式会社青い鳥システム⟧
⟦（株）東洋精機⟧を辞めた
⟦丸山工業株式会社⟧で三年
⟦グループホームさくら⟧と⟦ハローワーク上田⟧
⟦居場所「ひだまり」⟧をやっています
⟦セブンイレブン上田店⟧の夜勤
⟦南信州ひきこもり家族の会⟧に通う
⟦上田東高⟧に入って、⟦上田二中⟧の友だちと
⟦帯広にれの木クリニック⟧で診断
⟦はぐくみ園⟧のころ
⟦箕輪町役場 福祉課⟧の担当
⟦トヨタ⟧に勤めていた
He left ⟦Ueda High School⟧ and went to ⟦Sakura Mental Clinic⟧.
""".strip().splitlines()

GENERAL = """
近所の病院、通信制高校、市役所の窓口、家族会、親の会
就労支援事業所とひきこもり地域支援センターに相談した
社協と包括と保健所、児童相談所、ハローワーク
同じ高校の友だち。地元の工場。県立病院の待合室。病院長と高校生
株式会社に就職し、NPO法人の職員になった
県の精神保健福祉センター。第三者委員会。オープンダイアローグ
上野さんの家。居場所づくり。スーパービジョン
LINE、YouTube、Zoomで話す
The local mental health center and a public high school.
""".strip().splitlines()


def offices(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind is Kind.ORG]


@pytest.mark.parametrize("line", NAMED)
def test_an_office_with_a_name_is_found_whole(line: str) -> None:
    text, names = marked(line)
    assert offices(text) == names


@pytest.mark.parametrize("line", GENERAL)
def test_a_kind_of_place_alone_is_nobodys(line: str) -> None:
    assert offices(line) == []
