"""What one voice says was done and another says was not, in words that are near nothing in the other account."""

import pytest

from factories import article, attribution, batch, claim, claim_version, language, sentence
from retold.base.models import Models
from retold.base.records import ClaimVersion
from retold.relate.conflicts import find_conflicts
from retold.relate.deeds import deeds_of
from retold.relate.sides import Sides

MODELS = Models()


def batch_of(*told):
    """Accounts as (language, (voice, sentence), …); a voice is words of the sentence, "" for the article itself."""
    found = batch()
    for i, (code, *texts) in enumerate(told):
        a = article(" ".join(text for _, text in texts), id=f"{i}", language=code)
        found.add([a, language(a, code)])
        for voice, text in texts:
            said = attribution(a, content=text, source=voice) if voice else None
            rows = [sentence(a, text), claim(a, text, attribution=said.id if said else ""), claim_version(a, text, group=f"{i} {text}")]
            found.add([*rows, said] if said else rows)
    return found


def disagreements(*told):
    """The sides (sets of article numbers) of what is surely a denial."""
    out = {}
    for c in find_conflicts("s", batch_of(*told), MODELS):
        if c.score >= 0.5 and c.kind == "negation":
            out.setdefault(c.group, {}).setdefault(c.side, set()).add(int(c.article))
    return sorted(sorted(map(sorted, sides.values())) for sides in out.values())


@pytest.mark.parametrize("told", [
    ("en", ("the skipper", "The harbour had been warned of the ice, says the skipper."), ("The harbour master", "The harbour master insists nobody told them.")),
    ("de", ("der Küster", "Ihm sei mit Entlassung gedroht worden, sagt der Küster."), ("Der Pfarrer", "Der Pfarrer entgegnet, niemand habe ihn unter Druck gesetzt.")),
    ("fr", ("le gardien", "La sirène a retenti à midi, assure le gardien."), ("Une voisine", "Une voisine soutient que rien n'a sonné ce jour-là.")),
    ("es", ("el sastre", "El teatro pagó los trajes en mayo, dice el sastre."), ("La costurera", "La costurera replica que no han pagado ni un traje.")),
    ("it", ("il bagnino", "Il sindaco fu avvisato dello scoglio, racconta il bagnino."), ("Il sindaco", "Il sindaco ribatte che non c'è stato alcun avviso.")),
    ("pt", ("o feirante", "Houve um acordo sobre a renda, conta o feirante."), ("A junta", "A junta responde que nunca houve acordo.")),
    ("nl", ("de boer", "De melding ging in april de deur uit, zegt de boer."), ("Het waterschap", "Het waterschap zegt geen enkele waarschuwing te hebben ontvangen.")),
    ("pl", ("młynarz", "Gmina zapłaciła za most, mówi młynarz."), ("Cieśla", "Cieśla odpowiada, że nikt mu niczego nie zapłacił.")),
    ("cs", ("hajný", "Starosta byl varován před sněhem, říká hajný."), ("Starosta obce", "Starosta obce namítá, že ho nikdo nevaroval.")),
    ("ru", ("лодочник", "Судно столкнулось с баржей, говорит лодочник."), ("Капитан", "Капитан уверяет, что никакого столкновения не было.")),
    ("uk", ("пасічник", "Директор підписав листа, каже пасічник."), ("Директор школи", "Директор школи твердить, що нічого не підписував.")),
    ("tr", ("balıkçı", "Limana iki kez haber verildi, diyor balıkçı."), ("Liman müdürü", "Liman müdürü kimsenin kendilerini uyarmadığını söylüyor.")),
    ("ar", ("الصياد", "تلقى الميناء تحذيرا قبل العاصفة، يقول الصياد."), ("المدير", "وقال المدير إنه لم يصل أي تحذير.")),
    ("zh", ("船夫", "船夫说港口事先收到过警告。"), ("港务长", "港务长说从来没有收到警告。")),
    ("ja", ("船頭", "船頭は港に警告を二度したと話す。"), ("港長", "港長は警告はなかったと反論した。")),
])
def test_one_voice_answers_another_in_one_article(told):
    assert [[0], [0]] in disagreements(told, ("en", ("", "The pier was built of oak.")))


@pytest.mark.parametrize("told", [
    [("en", ("the ferryman", "The council was warned about the pier in spring, the ferryman says.")),
     ("en", ("the council", "Nobody warned us about the pier, the council says."))],
    [("pt", ("o moleiro", "As duas famílias chegaram a acordo sobre o moinho, diz o moleiro.")),
     ("pt", ("A viúva", "A viúva garante que nada ficou combinado sobre o moinho."))],
    [("de", ("der Förster", "Der Bach sei mit Öl verseucht worden, sagt der Förster.")),
     ("de", ("der Müller", "In den Bach sei nichts ausgelaufen, sagt der Müller."))],
])
def test_two_voices_in_two_articles(told):
    assert [[0], [1]] in disagreements(*told)


@pytest.mark.parametrize("told", [
    # nobody's words on either side
    [("en", ("", "The council was warned about the pier in spring.")), ("fr", ("", "La presse n'a pas été informée du prix des billets."))],
    # what somebody is told to leave undone
    [("en", ("The cook", "The cook says the staff were told to say nothing.")), ("en", ("a waiter", "We were told to keep quiet, says a waiter."))],
    # "without" is of its own word
    [("en", ("The union", "The union says men without work are still paid.")), ("en", ("The mill", "The mill says the men are paid on Fridays."))],
    # both accounts tell both
    [("en", ("the cook", "The cook was warned, says the cook."), ("", "The ferry had left the pier of oak at noon, and so it went on for days and days and weeks. " * 6),
      ("the maid", "The maid was not warned, says the maid."))] * 2,
    # asked, and not known
    [("en", ("the maid", "Was the council warned about the pier, asks the maid?")), ("en", ("the council", "Nobody warned us about the pier, the council says."))],
    [("en", ("the maid", "It is unclear whether anybody was warned, says the maid.")), ("en", ("it", "The council was warned in spring, it says."))],
])
def test_no_disagreement_over_a_deed(told):
    assert disagreements(*told) == []


@pytest.mark.parametrize(("code", "text", "deed", "value"), [
    ("en", "The alarm on the third floor was silent that night.", "sounded", "no"),
    ("en", "A choir on the third floor was silent that night.", "sounded", None),
    ("en", "The bell on the tower rang that night.", "sounded", "yes"),
    ("en", "The lock of the shed had been forced.", "forced", "yes"),
    ("en", "Her hand had been forced by the vote.", "forced", None),
    ("en", "Boat No. 8 was in collision with a barge.", "collided", "yes"),
    ("tr", "Kimseye komisyon ödemediklerini söylediler.", "paid", "no"),
    ("de", "Man bestreitet, dass der Lohn gezahlt worden sei.", "paid", "no"),
    ("ja", "港に油は流出していない。", "leaked", "no"),
    ("en", "The ferry line closes if the crews are not paid.", "paid", None),
])
def test_words_of_deeds(code, text, deed, value):
    found = batch_of((code, ("", text)))
    sides = Sides(found)
    (version,) = found.get(ClaimVersion)
    assert {k: m.value for k, m in deeds_of(sides.of_version(version))}.get(deed) == value
