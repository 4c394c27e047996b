"""Names that stand for each other in sentences that translate each other."""

from __future__ import annotations

import re

from factories import article, batch, claim, make, sentence
from retold.base.models import Models
from retold.base.records import Language, Mention, Name
from retold.link.names import link_names
from retold.link.units import gather

Told = tuple[str, list[str], dict[str, str]]  # language, sentences, names with kinds


def link(*told: Told) -> list[Name]:
    """The names of articles, one a language, with every sentence a claim."""
    found = batch(*(article(" ".join(parts), id=language, language=language) for language, parts, _ in told))
    for home, (language, parts, names) in zip(found.get(type(article())), told, strict=True):
        found.add([make(Language, article=home.id, code=language)])
        for part in parts:
            s = sentence(home, part)
            found.add([s, claim(home, part, sentence=s.id)])
        found.add(Mention(id=f"{language}{m.start()}", article=home.id, start=m.start(), end=m.end(), text=name, kind=kind,
                          method="names-1:capitals", score=0.9) for name, kind in names.items() for m in re.finditer(name, home.text))
    return link_names("s", found, gather(found, Models()))


def together(rows: list[Name], *texts: str) -> bool:
    return len({row.entity for row in rows if row.text in texts}) == 1 and set(texts) <= {row.text for row in rows}


ENGLISH: Told = ("en", ["The Morning Lamp reported on Tuesday that the bridge will be closed.", "Repairs cost nine million euros, the Morning Lamp says.",
                       "A reporter of the Morning Lamp counted forty cracks."],
                 {"Morning Lamp": "outlet"})
SPANISH: Told = ("es", ["La Lámpara Matutina informó el martes de que el puente será cerrado.", "Las obras cuestan nueve millones de euros, dice la Lámpara Matutina.",
                       "Una reportera de la Lámpara Matutina contó cuarenta grietas."],
                 {"Lámpara Matutina": "outlet"})


def test_an_outlet_is_what_stands_in_the_translation_of_its_sentence():
    rows = link(ENGLISH, SPANISH)
    assert together(rows, "Morning Lamp", "Lámpara Matutina")
    assert "translation" in {row.method.rpartition(":")[2] for row in rows}


def test_names_that_an_article_has_side_by_side_stay_two():
    both = ("en", [*ENGLISH[1], "The Lámpara Matutina of Madrid was not asked."], {**ENGLISH[2], "Lámpara Matutina": "outlet"})
    assert not together(link(both, SPANISH), "Morning Lamp", "Lámpara Matutina")


def test_two_persons_of_one_surname_stay_two():
    english = ("en", ["Olga Berić said that the dam is safe.", "Her brother Marko Berić did not speak."],
               {"Olga Berić": "person", "Marko Berić": "person"})
    russian = ("ru", ["Берич сказала, что плотина безопасна."], {"Берич": "person"})
    rows = link(english, russian)
    assert not together(rows, "Marko Berić", "Берич") and not together(rows, "Olga Berić", "Marko Berić")


def test_a_town_is_not_its_court():
    english = ("en", ["The Lindau Court closed the case on Monday."], {"Lindau Court": "organisation"})
    french = ("fr", ["À Lindau, le tribunal a classé l'affaire lundi."], {"Lindau": "place"})
    assert not together(link(english, french), "Lindau Court", "Lindau")
