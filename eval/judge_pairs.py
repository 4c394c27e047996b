"""Pairs to train the judge on: sentences of our own in two wordings, and sentences of licensed texts in which one thing is changed.

The texts are those of ../shared/data whose licence lets weights trained on them be shipped: MEANTIME (CC BY 4.0; en es it nl, the same
stories in each), Universal NER (CC BY-SA 4.0; pt zh hr sk en). They are read, never copied. Rows are as those of `changes.py`.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import changes
from babel import Locale

WORDINGS = Path(__file__).parent / "wordings.toml"
OPPOSITES = {
    "en": "rose fell;increased decreased;won lost;before after;first last;more fewer;north south;east west;northern southern;older younger;"
          "approved rejected;accepted refused;began ended;started finished;higher lower;largest smallest;best worst;inside outside;"
          "confirmed denied;supports opposes;supported opposed;allowed banned;always never;all none;success failure;bought sold;"
          "early late;legal illegal;guilty innocent;alive dead;arrived left;public private;above below;majority minority;increase decrease;"
          "opened closed;gained lost;rise fall;up down;better worse;strong weak;male female;husband wife;friend enemy;alone together",
    "es": "subió bajó;aumentó disminuyó;ganó perdió;antes después;primero último;primera última;más menos;norte sur;este oeste;aprobó rechazó;"
          "aceptó rechazó;comenzó terminó;mayor menor;mejor peor;dentro fuera;confirmó negó;siempre nunca;compró vendió;legal ilegal;"
          "culpable inocente;vivo muerto;llegó salió;público privado;abrió cerró;aumento descenso;hombre mujer;padre hijo;alto bajo",
    "it": "aumentato diminuito;vinto perso;prima dopo;primo ultimo;prima ultima;più meno;nord sud;est ovest;approvato respinto;accettato rifiutato;"
          "iniziato finito;maggiore minore;migliore peggiore;dentro fuori;confermato smentito;sempre mai;comprato venduto;legale illegale;"
          "colpevole innocente;vivo morto;arrivato partito;pubblico privato;aperto chiuso;aumento calo;uomo donna;padre figlio;alto basso",
    "nl": "steeg daalde;gestegen gedaald;won verloor;gewonnen verloren;voor na;eerste laatste;meer minder;noorden zuiden;oosten westen;"
          "aangenomen verworpen;geaccepteerd geweigerd;begon eindigde;hoger lager;grootste kleinste;beste slechtste;binnen buiten;"
          "bevestigde ontkende;altijd nooit;kocht verkocht;legaal illegaal;schuldig onschuldig;levend dood;openbaar privé;open dicht;man vrouw",
    "pt": "subiu caiu;aumentou diminuiu;venceu perdeu;antes depois;primeiro último;primeira última;mais menos;norte sul;leste oeste;aprovou rejeitou;"
          "aceitou recusou;começou terminou;maior menor;melhor pior;dentro fora;confirmou negou;sempre nunca;comprou vendeu;legal ilegal;"
          "culpado inocente;vivo morto;chegou partiu;público privado;abriu fechou;aumento queda;homem mulher;pai filho;alta baixa",
    "zh": "上升 下降;增加 减少;胜利 失败;之前 之后;最早 最晚;北部 南部;东部 西部;最大 最小;最高 最低;同意 反对;批准 否决;开始 结束;公开 秘密;合法 非法;"
          "成功 失败;进口 出口;男性 女性;父亲 儿子;以上 以下;多数 少数;支持 反对;接受 拒绝;增长 下跌;左 右;前 后",
    "sk": "viac menej;pred po;prvý posledný;sever juh;východ západ;vyhral prehral;väčší menší;vyšší nižší;vždy nikdy;začal skončil;otvoril zatvoril;muž žena",
    "hr": "više manje;prije poslije;prvi posljednji;sjever jug;istok zapad;povećao smanjio;pobijedio izgubio;veći manji;viši niži;uvijek nikad;"
          "počeo završio;otvorio zatvorio;potvrdio zanijekao;muškarac žena",
}
DENIALS = {  # what is put in, or taken out, to turn a sentence round: (pattern, instead)
    "en": (("is", "is not"), ("was", "was not"), ("are", "are not"), ("were", "were not"), ("has", "has not"), ("have", "have not"),
           ("will", "will not"), ("would", "would not"), ("can", "cannot"), ("could", "could not")),
    "es": (("es", "no es"), ("fue", "no fue"), ("está", "no está"), ("ha", "no ha"), ("han", "no han"), ("son", "no son"), ("era", "no era"),
           ("tiene", "no tiene"), ("puede", "no puede"), ("había", "no había"), ("será", "no será")),
    "it": (("è", "non è"), ("sono", "non sono"), ("ha", "non ha"), ("hanno", "non hanno"), ("era", "non era"), ("sarà", "non sarà"),
           ("può", "non può"), ("aveva", "non aveva"), ("viene", "non viene")),
    "nl": (("is", "is niet"), ("was", "was niet"), ("zijn", "zijn niet"), ("waren", "waren niet"), ("werd", "werd niet"), ("wordt", "wordt niet"),
           ("heeft", "heeft niet"), ("zal", "zal niet"), ("kan", "kan niet"), ("een", "geen")),
    "pt": (("é", "não é"), ("foi", "não foi"), ("está", "não está"), ("são", "não são"), ("tem", "não tem"), ("era", "não era"), ("será", "não será"),
           ("foram", "não foram"), ("pode", "não pode"), ("vai", "não vai")),
    "zh": (("是", "不是"), ("有", "没有"), ("会", "不会"), ("能", "不能"), ("可以", "不可以")),
    "sk": (("je", "nie je"), ("sú", "nie sú"), ("bol", "nebol"), ("bola", "nebola"), ("bolo", "nebolo"), ("má", "nemá"), ("môže", "nemôže")),
    "hr": (("je", "nije"), ("su", "nisu"), ("će", "neće"), ("ima", "nema"), ("može", "ne može"), ("bi", "ne bi")),
}
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,3})?(?![\w.,]?\d)|(?<![\w.,])(?:1[89]|20)\d\d(?!\d)")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
NAME = re.compile(r"(?<=[\w,] )(?:[A-ZÀ-Ý][\w'’-]+)(?: (?:de |van |of )?[A-ZÀ-Ý][\w'’-]+)*")
CLAUSE = re.compile(r",\s|;\s|\s[–—]\s|\s\(|，|；")
LONGEST = 420  # code points of a premise made of sentences
Change = Callable[[str, str, random.Random, Sequence[Sequence[int]]], str | None]


def wordings() -> dict[str, dict]:
    """By language: what `changes.py` knows of it, and `sentences`, each a list of wordings."""
    found = tomllib.loads(WORDINGS.read_text("utf-8"))
    known = changes.languages()
    return {code: known[code] | {"sentences": [text.split(" ~ ") for text in entry["sentences"]]} for code, entry in found.items()}


def own_pairs(each: int, seed: int = 1, *, mixed: float = 0.15, neutral: float = 0.25) -> list[dict]:
    """Pairs from `wordings.toml` and the training sentences of `changes.toml`: `each` of every sentence and kind it allows.

    mixed: how many have the premise in another language of the same script of names. neutral: how many of those in which nothing is
    changed have a hypothesis that says more than the premise.
    """
    rows, known = [], wordings()
    for code, entry in known.items():
        chance = random.Random(f"own {code} {seed}")
        sentences = entry["sentences"] + [[text] for text in entry["train"]]
        for i, forms in enumerate(sentences):
            for kind in changes.kinds_of(" ".join(forms)):
                for _ in range(each):
                    for change in (kind, None):
                        others = [c for c in known if c != code and known[c]["people"] == entry["people"]]
                        other = chance.choice(others) if others and i < len(entry["sentences"]) and chance.random() < mixed else code
                        rows.append(own_pair(known, code, other, i, change, chance, neutral) | {"kind": kind})
    return [row for row in rows if row["premise"] != row["hypothesis"] or row["label"] == "entailment"]


def own_pair(known: dict, code: str, other: str, i: int, change: str | None, chance: random.Random, neutral: float) -> dict:
    """One pair: the premise in the language `other`, the hypothesis in `code`, in any two wordings that show the change."""
    mine, yours = (known[c]["sentences"][i] if i < len(known[c]["sentences"]) else [known[c]["train"][i - len(known[c]["sentences"])]]
                   for c in (code, other))
    fitting = [text for text in mine if change is None or change in changes.kinds_of(text)]
    text = chance.choice(fitting)
    half = {key: {c: known[c][key][:len(known[c][key]) // 2] for c in (code, other)} for key in ("people", "places", "dates", "frames")}
    a, x, y, z = chance.sample(range(len(half["people"][code])), 4)
    n, m = chance.sample(changes.NUMBERS, 2)
    p, q = chance.sample(range(len(half["places"][code])), 2)
    d, e = chance.sample(range(len(half["dates"][code])), 2)
    sides = {kind: chance.randrange(2) for kind in changes.KINDS}
    chosen = {"a": a, "x": x, "y": y, "p": p, "d": d}
    first = filled(chance.choice([t for t in yours if change is None or change in changes.kinds_of(t)] or yours), chosen, n, half, other)
    sides_after = sides | {change: 1 - sides[change]} if change in ("negation", "hedge", "status", "antonym") else sides
    moved = {"date": {"d": e}, "place": {"p": q}, "actor": {"x": y, "y": x}, "name": {"a": z} if "{a}" in text else {"x": z}}.get(change or "", {})
    second = filled(text, chosen | moved, m if change == "number" else n, half, code)
    more = change is None and "<" in second and chance.random() < neutral
    premise = changes.write(first, {}, sides, whole=not more)
    hypothesis = changes.write(second, {}, sides_after, whole=more or chance.random() < 0.4)
    frame = chance.choice(half["frames"][code]) if chance.random() < 0.3 else ""
    label = "contradiction" if change else "neutral" if more and "<" in first else "entailment"
    return {"set": "own", "language": code, "premise": premise, "hypothesis": frame + hypothesis, "label": label}


def filled(template: str, chosen: dict[str, int], number: int, half: dict, code: str) -> str:
    """A wording with its slots filled; choices and what may be left out stay marked."""
    lists = {"a": "people", "x": "people", "y": "people", "p": "places", "d": "dates"}
    values = {slot: half[lists[slot]][code][i] for slot, i in chosen.items()} | {"n": str(number)}
    return re.sub(r"\{(\w)\}", lambda m: values[m.group(1)], template)


def other_number(text: str, language: str, chance: random.Random, names: Sequence[Sequence[int]]) -> str | None:
    """One number changed to another of its size."""
    found = list(NUMBER.finditer(text))
    if not found:
        return None
    at = chance.choice(found)
    digits = at.group()
    for _ in range(9):
        new = re.sub(r"\d+", lambda m: str(near_number(int(m.group()), chance)).zfill(len(m.group()) if m.group()[0] == "0" else 1), digits, count=1)
        if new != digits:
            return text[:at.start()] + new + text[at.end():]
    return None


def near_number(value: int, chance: random.Random) -> int:
    """Another number of about the same size."""
    if 1800 <= value < 2100:
        return value + chance.choice([-11, -5, -3, -2, -1, 1, 2, 3, 4, 9])
    return max(1, chance.choice([value + chance.randint(1, 9), value - chance.randint(1, 9), value * 2, value // 2 + 1, value * 10]))


def other_day(text: str, language: str, chance: random.Random, names: Sequence[Sequence[int]]) -> str | None:
    """A month or weekday put in the place of another."""
    locale = Locale.parse(language)
    for words in (list(locale.months["format"]["wide"].values()), list(locale.days["format"]["wide"].values())):
        for word in words:
            at = re.search(rf"(?<!\w){re.escape(word)}(?!\w)" if language != "zh" else rf"(?<!\d){re.escape(word)}", text)
            if at and len(word) > 1:
                return text[:at.start()] + chance.choice([w for w in words if w != word]) + text[at.end():]
    return None


def exchanged(text: str, language: str, chance: random.Random, names: Sequence[Sequence[int]]) -> str | None:
    """Two names of one text in each other's place."""
    spans = [(int(s[0]), int(s[1]), s[2] if len(s) > 2 else "") for s in names] or [(m.start(), m.end(), "") for m in NAME.finditer(text)]
    fitting = [(a, b) for a in spans for b in spans if a[1] < b[0] and a[2] == b[2] and text[a[0]:a[1]] != text[b[0]:b[1]]
               and re.search(r"\w{3}" if language != "zh" else r"\w", text[a[1]:b[0]]) and b[0] - a[1] > 6 - 4 * (language == "zh")]
    if not fitting:
        return None
    a, b = chance.choice(fitting)
    return text[:a[0]] + text[b[0]:b[1]] + text[a[1]:b[0]] + text[a[0]:a[1]] + text[b[1]:]


def turned(text: str, language: str, chance: random.Random, names: Sequence[Sequence[int]]) -> str | None:
    """A denial put in, or taken out."""
    found = []
    for plain, denied in DENIALS[language]:
        border = ("(?<!\\w)", "(?!\\w)") if language != "zh" else ("", "")
        for at in re.finditer(f"{border[0]}{re.escape(denied)}{border[1]}", text):
            found.append((at, plain))
        for at in re.finditer(f"{border[0]}{re.escape(plain)}{border[1]}", text):
            if denied not in text and plain != "een":
                found.append((at, denied))
    if not found:
        return None
    at, new = found[0] if chance.random() < 0.6 else chance.choice(found)
    return text[:at.start()] + new + text[at.end():]


def opposed(text: str, language: str, chance: random.Random, names: Sequence[Sequence[int]]) -> str | None:
    """A word put in the place of its opposite."""
    found = []
    for one, other in (pair.split() for pair in OPPOSITES[language].split(";")):
        for word, new in ((one, other), (other, one)):
            border = ("(?<!\\w)", "(?!\\w)") if language != "zh" else ("", "")
            found += [(at, new) for at in re.finditer(f"{border[0]}{word}{border[1]}", text)]
    if not found:
        return None
    at, new = chance.choice(found)
    return text[:at.start()] + new + text[at.end():]


CHANGES: dict[str, Change] = {"number": other_number, "date": other_day, "actor": exchanged, "negation": turned, "antonym": opposed}


def shortened(text: str, chance: random.Random) -> str:
    """A sentence without what follows, or precedes, one of its commas; the sentence where too little would be left."""
    cuts = [at.start() for at in CLAUSE.finditer(text)]
    if not cuts:
        return text
    at = chance.choice(cuts)
    kept = text[:at] if at > 0.45 * len(text) else text[at + 1:].strip(" ,;(，；") if at < 0.4 * len(text) else text
    if len(kept) < (12 if re.search("[\u4e00-\u9fff]", text) else 35) or kept.count("(") != kept.count(")"):
        return text
    kept = kept.rstrip(" .。")
    return kept[:1].upper() + kept[1:] + ("。" if text.endswith("。") else ".")


def natural_pairs(texts: Iterable[tuple[str, Sequence[tuple[str, Sequence[Sequence[int]]]]]], each: int, seed: int = 1) -> list[dict]:
    """Pairs from texts: (language, sentences with their names). `each`: of every kind of change, for a text at most.

    Changed sentences contradict their text, shortened ones follow from it; a neighbour, or a sentence of which the text has but a part,
    is neutral. Changes that say nothing new elsewhere in the premise are left out.
    """
    rows = []
    for k, (language, sentences) in enumerate(texts):
        chance = random.Random(f"natural {seed} {k}")
        for kind, change in CHANGES.items():
            order = chance.sample(range(len(sentences)), len(sentences))
            made = 0
            for i in order:
                text, names = sentences[i]
                new = change(text, language, chance, names) if made < each else None
                if new is None or new in text:
                    continue
                made += 1
                cut = chance.random() < 0.5
                said = shortened(new, chance) if cut and len(CLAUSE.findall(new)) == len(CLAUSE.findall(text)) else new
                around = context(sentences, i, chance)
                if said in text or said in around:
                    continue
                rows.append({"language": language, "kind": kind, "premise": around, "hypothesis": said, "label": "contradiction"})
                rows.append({"language": language, "kind": kind, "premise": around, "hypothesis": shortened(text, chance), "label": "entailment"})
                rows.append(neutral_pair(sentences, i, language, chance) | {"kind": kind})
    return [row | {"set": "natural"} for row in rows if row["premise"] and row["hypothesis"]]


def context(sentences: Sequence[tuple[str, Sequence[Sequence[int]]]], i: int, chance: random.Random) -> str:
    """A sentence with none to two of its neighbours."""
    start, end = i - chance.randrange(2), i + 1 + chance.randrange(2)
    text = " ".join(t for t, _ in sentences[max(0, start):end])
    return text if len(text) <= LONGEST else sentences[i][0]


def neutral_pair(sentences: Sequence[tuple[str, Sequence[Sequence[int]]]], i: int, language: str, chance: random.Random) -> dict:
    """The text leaves open what the hypothesis says: a neighbour's sentence, or what was cut from the premise."""
    text = sentences[i][0]
    part = shortened(text, chance)
    if part != text and chance.random() < 0.6:
        return {"language": language, "premise": part, "hypothesis": text, "label": "neutral"}
    others = [t for j, (t, _) in enumerate(sentences) if 0 < abs(i - j) < 4 and t != text]
    if not others:
        return {"language": language, "premise": part if part != text else "", "hypothesis": text, "label": "neutral"}
    words = set(text.lower().split())
    other = max(others, key=lambda t: (len(words & set(t.lower().split())), t))
    return {"language": language, "premise": text, "hypothesis": other, "label": "neutral"}


def translated_pairs(stories: Sequence[Sequence[tuple[str, Sequence[str]]]], align: Callable[[Sequence[str], Sequence[str]], list[tuple[int, int]]],
                     each: int, seed: int = 1) -> list[dict]:
    """Pairs across languages: a sentence and its translation, the translation changed, or the translation of a neighbour.

    stories: for each the same text in several languages, (language, sentences). align: which sentences are each other's translation.
    """
    rows = []
    for k, versions in enumerate(stories):
        chance = random.Random(f"translated {seed} {k}")
        for one, two in [p for a, b in pairwise(versions) for p in ((a, b), (b, a))]:
            found = align(one[1], two[1])
            for i, j in chance.sample(found, min(each, len(found))):
                premise, said = one[1][i], two[1][j]
                row = {"set": "natural", "language": two[0], "kind": "translated", "premise": premise}
                rows.append(row | {"hypothesis": said, "label": "entailment"})
                for kind in chance.sample(sorted(CHANGES), len(CHANGES)):
                    new = CHANGES[kind](said, two[0], chance, ())
                    if new:
                        rows.append(row | {"hypothesis": new, "label": "contradiction"})
                        break
                if j + 1 < len(two[1]):
                    rows.append(row | {"hypothesis": two[1][j + 1], "label": "neutral"})
    return rows


def sentences_of(text: str) -> list[str]:
    """The sentences of a text that are neither scraps nor lists."""
    return [s.strip() for s in SENTENCE_END.split(text) if 20 < len(s.strip()) < 400]


def licensed_pairs(data: Path, encode: Callable[[Sequence[str]], Any], chance: random.Random) -> list[dict]:
    """Changed sentences of MEANTIME and Universal NER: 9,000 within a language, 3,000 across."""
    stories, texts = defaultdict(list), []
    for row in rows_of(data / "stories_wikinews_4lang_dev.jsonl.gz"):
        stories[row["story"]].append((row["language"], sentences_of(row["text"])))
        texts.append((row["language"], [(s, ()) for s in stories[row["story"]][-1][1]]))
    by_language = defaultdict(list)
    for row in rows_of(data / "names_uner_train.jsonl.gz"):
        if (12 if row["language"] == "zh" else 40) < len(row["text"]) < 300:
            by_language[row["language"]].append((row["text"], row["names"]))
    for language, found in sorted(by_language.items()):
        texts += [(language, found[k:k + 12]) for k in range(0, min(len(found), 2400), 12)]

    def align(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
        cosines = encode(one) @ encode(two).T
        nearest = cosines.argmax(axis=1)
        return [(i, int(j)) for i, j in enumerate(nearest) if cosines[:, j].argmax() == i and cosines[i, j] > 0.7]

    made = natural_pairs([text for text in texts if len(text[1]) > 2], 2)
    changed = [row for row in made if row["label"] == "contradiction"]
    kept = [row for row in made if row["label"] != "contradiction"]
    across = translated_pairs(list(stories.values()), align, 3)
    return chance.sample(changed, 3800) + chance.sample(kept, 5200) + chance.sample(across, 3000)


def rows_of(path: Path) -> list[dict]:
    """The rows of JSON Lines (gzip)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
