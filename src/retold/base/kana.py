"""Kana in Latin letters, as near to the foreign word that it writes as kana can be (ウェーバー: weba, ティ: ti)."""

from __future__ import annotations

from functools import lru_cache

ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ", "h": "ハヒフヘホ",
    "m": "マミムメモ", "r": "ラリルレロ", "g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド", "b": "バビブベボ", "p": "パピプペポ",
}
ODD = {"シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu",
       "ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヰ": "i",
       "ヱ": "e", "ヲ": "o", "ン": "n", "ヴ": "vu", "ー": "", "ッ": "", "・": " ", "＝": " ", "ヶ": "ka"}
SMALL = dict(zip("ァィゥェォャュョヮ", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "wa"), strict=True))
SOFT = {"シ": "sh", "チ": "ch", "ジ": "j", "ヂ": "j", "フ": "f", "ヴ": "v", "ウ": "w", "ツ": "ts", "イ": "y",
        "テ": "t", "デ": "d", "ト": "t", "ド": "d",
        "ク": "kw", "グ": "gw", "ス": "sw", "ズ": "zw"}
HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


@lru_cache(maxsize=1)
def single() -> dict[str, str]:
    """Every full-size katakana and its reading."""
    plain = {kana: consonant + vowel for consonant, row in ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)}
    return plain | ODD


@lru_cache(maxsize=20_000)
def romanised(text: str) -> str:
    """Kana in Latin letters, long vowels and doubled consonants plain; other characters stay.

    >>> romanised("マーク・ウェーバー"), romanised("たかはし"), romanised("キャシー")
    ('maku weba', 'takahashi', 'kyashi')
    """
    text = text.translate(HIRAGANA)
    out: list[str] = []
    for at, sign in enumerate(text):
        if sign in SMALL:
            continue
        after = SMALL.get(text[at + 1:at + 2], "")
        if not after:
            out.append(single().get(sign, sign))
        elif sign in SOFT and (len(after) == 1 or sign not in "テデ"):
            soft = SOFT[sign]
            out.append(soft + (after[-1] if len(soft) > 1 or soft == "j" else after))
        else:
            out.append(single().get(sign, sign)[:-1] + after)
    return "".join(out)
