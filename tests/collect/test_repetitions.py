"""Lines that come again on the pages of one outlet."""

from retold.base.models import Models
from retold.base.records import Article, Passage
from retold.base.tables import Batch
from retold.collect.inputs import collect
from retold.collect.repetitions import find_repetitions
from retold.divide.stage import run as divide

MENU = "The Fell pages in your pocket"
FOOT = "Fell Gazette keeps an eye on the valley"
STORIES = (
    "Engineers found two cracks in the dam at Low Fell on Monday and closed the road below it for a week, the council said.\n"
    "The council wants to drain the lake before the winter, and farmers fear for their meadows along the river.",
    "A baker in Ambleton has won the county prize for rye bread for the third time, the jury announced on Thursday evening.\n"
    "The prize is worth five hundred pounds, which the baker wants to spend on a new oven for the shop in Mill Lane.",
    "The night train to the coast will run again from March, after two years without it, the railway company said on Friday.\n"
    "Tickets are on sale from next week, and the company expects forty thousand travellers in the first summer alone.",
)


def page(story: str) -> str:
    return f"{MENU}\n\n{story}\n\n{FOOT}"


def articles(*texts: str, outlet: str = "Fell Gazette") -> list[Article]:
    return [Article(id=f"a{n}", text=text, outlet=outlet, language="en") for n, text in enumerate(texts)]


def test_lines_of_other_pages_are_noted_with_their_places() -> None:
    found = list(find_repetitions(articles(*map(page, STORIES))))
    assert {m.value for m in found} == {"2"}
    text = page(STORIES[0])
    assert [text[m.start:m.end] for m in found if m.article == "a0"] == [MENU, FOOT]


def test_two_versions_of_one_article_are_one_page() -> None:
    assert list(find_repetitions(articles(page(STORIES[0]), page(STORIES[0]) + "\nCorrected."))) == []


def test_other_outlets_say_nothing() -> None:
    pages = [*articles(page(STORIES[0])), *articles("", page(STORIES[1]), outlet="Other Post")[1:]]
    assert list(find_repetitions(pages)) == []


def test_what_comes_again_is_cut_only_where_other_pages_are_known() -> None:
    rows = [{"id": f"a{n}", "text": page(story), "outlet": "Fell Gazette", "language": "en"} for n, story in enumerate(STORIES)]

    def cut(some: list[dict[str, str]]) -> set[str]:
        batch = collect([], rows=some, models=Models())
        texts = {a.id: a.text for a in batch.get(Article)}
        return {texts[p.article][p.start:p.end] for p in divide(batch, Models()).get(Passage) if p.kind == "boilerplate"}

    assert cut(rows) == {MENU, FOOT}
    assert MENU not in cut(rows[:1])


def test_background_inside_an_article_stays() -> None:
    background = "The dam was built in 1911 by the valley's water board, and it has never been drained since it was first filled."
    texts = [f"{story}\n{background}\n{story.splitlines()[1].replace('the', 'that')}" for story in STORIES]
    batch = Batch([*articles(*texts), *find_repetitions(articles(*texts))])
    found = divide(batch, Models()).get(Passage)
    assert not [p for p in found if p.kind == "boilerplate"]
