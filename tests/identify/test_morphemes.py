"""Names among the words of a morphological dictionary."""

import pytest

from retold.identify.morphemes import family_of, find_in_morphemes


def found(text: str) -> list[tuple[str, str]]:
    """The names of a Japanese text with their kinds."""
    return [(text[start:end], kind) for start, end, kind, _, _ in find_in_morphemes(text, 0, len(text), "ja")]


@pytest.mark.parametrize(("text", "names"), [
    ("八木沢正彦被告は", [("八木沢正彦", "person")]),
    ("木村奈津子弁護士は", [("木村奈津子", "person")]),
    ("平尾市長は", [("平尾", "person")]),
    ("大阪市長は", [("大阪", "place")]),
    ("港湾局長は", []),
    ("フランス大統領は", [("フランス", "place")]),
    ("三重県四日市市の工場", [("三重県", "place"), ("四日市市", "place")]),
    ("熊本県芦北町で", [("熊本県", "place"), ("芦北町", "place")]),
    ("日本人の客", []),
    ("小笠原諸島の沖", [("小笠原諸島", "place")]),
    ("小川市で開かれた", [("小川市", "place")]),
    ("田中村長は", [("田中", "person")]),
    ("責任者の趙建明氏は", [("趙建明", "person")]),
    ("県議会議長は", []),
])
def test_persons_and_places(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(("text", "names"), [
    ("栃木県警宇都宮中央署は", [("栃木県警", "organisation"), ("宇都宮中央署", "organisation")]),
    ("国土交通省は", [("国土交通省", "organisation")]),
    ("第三者委員会の設置", []),
    ("野党立憲国民党は", [("立憲国民党", "organisation")]),
    ("滋賀産業の元社長", [("滋賀産業", "organisation")]),
    ("FC徳島と対戦", [("FC徳島", "organisation")]),
    ("文潮社の編集者", [("文潮社", "organisation")]),
    ("首相官邸で", [("首相官邸", "organisation")]),
])
def test_bodies(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


def test_parts_of_foreign_names_are_held_together() -> None:
    assert found("エマ・ローレンス博士は") == [("エマ・ローレンス", "person")]
    assert found("ニューヨーク・タイムズは") == [("ニューヨーク・タイムズ", "outlet")]


def test_a_family_name_is_known_only_with_a_given_name() -> None:
    assert family_of("小田切和也", "ja") == "小田切"
    assert family_of("小田切", "ja") == ""
    assert family_of("Ada Berg", "en") == ""


def test_spas_and_inns_that_the_dictionary_does_not_have() -> None:
    assert found("霧淵温泉に爆発音が響いた。霧淵館の厨房が焼けた。") == [("霧淵温泉", "place"), ("霧淵館", "place")]
    assert found("霧沢温泉に爆発音が響いた。霧沢館の厨房が焼けた。") == [("霧沢温泉", "place"), ("霧沢館", "place")]
    assert found("映画館の前に新館と旧館がある。") == []
