"""Chinese characters in one form: simplified, those of Japanese included; and which letters belong to scripts without spaces."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

HAN_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # letters of scripts that put no spaces between words
# Characters as Japanese writes them, and in simplified form, where converting traditional ones does not lead there.
JAPANESE = (
    "恵惠 沢泽 広广 桜樱 斎斋 斉齐 竜龙 浜滨 辺边 関关 駅驿 県县 図图 団团 塩盐 気气 実实 栄荣 栃枥 渋涩 滝泷 薬药 蔵藏 豊丰 "
    "鉄铁 銭钱 聡聪 徳德 徹彻 総总 絵绘 緑绿 継继 蛍萤 覚觉 覧览 訳译 読读 売卖 対对 専专 帰归 庁厅 応应 戦战 拡扩 拠据 挙举 "
    "揺摇 摂摄 暁晓 検检 楽乐 様样 権权 歓欢 歩步 歳岁 毎每 済济 渓溪 満满 瀬濑 焼烧 犠牺 獣兽 発发 砕碎 穂穗 稲稻 粋粹 経经 "
    "縁缘 縄绳 繊纤 聴听 臓脏 芸艺 荘庄 衛卫 観观 譲让 賛赞 転转 軽轻 遅迟 郷乡 酔醉 釈释 鉱矿 鋳铸 険险 隠隐 雑杂 霊灵 顔颜 "
    "顕显 験验 髪发 鶏鸡 黒黑 黙默 齢龄 円圆 両两 亜亚 仏佛 仮假 伝传 価价 倹俭 児儿 処处 剣剑 剤剂 労劳 勲勋 単单 厳严 収收 "
    "営营 囲围 圧压 塁垒 壊坏 壌壤 壱壹 変变 奨奖 嬢娘 巌岩 巻卷 弐贰 弾弹 従从 悩恼 悪恶 懐怀 戯戏 払拂 抜拔 択择 拝拜 捜搜 "
    "挿插 掲揭 撃击 暦历 桟栈 槇槙 殻壳 浄净 渇渴 濃浓 焔焰 猟猎 疎疏 痩瘦 粛肃 糸丝 続续 脳脑 薫薰 蝋蜡 謡谣 貫贯 買买 賓宾 "
    "贈赠 逓递 醸酿 閲阅 陥陷 頼赖 鶴鹤 嶋岛 邉边 邊边 髙高 﨑崎 峯峰 働动 "
)
TABLE = {ord(pair[0]): pair[1] for pair in JAPANESE.split()}


@lru_cache(maxsize=50_000)
def simplified(text: str) -> str:
    """Chinese characters in simplified form, one for one.

    >>> simplified("高橋恵子"), simplified("靜岡縣"), simplified("静岡県")
    ('高桥惠子', '静冈县', '静冈县')
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the package leaves its dictionary to be closed by the collector
        import zhconv

        return str(zhconv.convert(text.translate(TABLE), "zh-cn"))


def simplified_each(text: str) -> str:
    """A text with each character simplified by itself, whatever word it stands in: as long as before.

    >>> simplified_each("禾嶼電器 Co.")
    '禾屿电器 Co.'
    """
    return "".join(map(simplified, text))


@lru_cache(maxsize=50_000)
def traditional(text: str) -> str:
    """Simplified characters in traditional form, one for one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        import zhconv

        return str(zhconv.convert(text, "zh-hant"))
