"""The search of the desk asks the workspace: words, names, outlets, days, and meaning across languages."""

import pytest
from lxml import html as markup


def found(client, **asked):
    """The outlets of the articles found, in the JSON twin and on the page."""
    hits = client.get("/stories.json", params=asked).json()["articles"]
    root = markup.document_fromstring(client.get("/", params=asked).text)
    assert [li.xpath("string(.//a/@href)") for li in root.xpath("//ul[@class='hits']/li")] == [f"/article/{h['article']}" for h in hits]
    return {h["outlet"] for h in hits}


@pytest.mark.parametrize(("asked", "outlets"), [
    ({"text": "grinding noise"}, {"Harbour Wire", "Daily Courier"}),
    ({"text": "Knirschen"}, {"Küstenbote"}),
    ({"text": "Brandal"}, {"Harbour Wire", "Daily Courier", "Küstenbote"}),
    ({"text": "Brandal", "outlet": "daily courier"}, {"Daily Courier"}),
    ({"text": "Brandal", "language": "de"}, {"Küstenbote"}),
    ({"text": "Brandal", "since": "2026-03-03"}, {"Küstenbote"}),
    ({"text": "Brandal", "until": "2026-03-02"}, {"Harbour Wire", "Daily Courier"}),
    ({"text": "zebra"}, set()),
])
def test_articles_are_found_by_words_names_outlets_languages_and_days(client, asked, outlets):
    assert found(client, **asked) == outlets


def test_articles_are_found_by_meaning_in_another_language(client):
    """None of these words stands in the German article."""
    assert "Küstenbote" not in found(client, text="stranded ferry")
    assert "Küstenbote" in found(client, text="stranded ferry", meaning="1")


def test_the_words_found_are_set_apart_and_the_box_stays_ticked(client):
    root = markup.document_fromstring(client.get("/", params={"text": "Knirschen", "meaning": "1"}).text)
    assert [e.text_content() for e in root.xpath("//ul[@class='hits']//p//strong")] == ["Knirschen"]
    assert root.xpath("//input[@name='meaning']/@checked") and root.xpath("//input[@name='text'][@value]/@value")[0] == "Knirschen"
    assert "Küstenbote" in root.xpath("//datalist[@id='outlets']/option/@value")


@pytest.mark.parametrize("text", ['"', '"Brandal', "AND OR NOT", "(", "*", "text:x", "'; DROP TABLE articles; --", "\u202e", "%", "x" * 5000])
def test_half_a_query_and_a_hostile_one_are_just_words(client, text):
    for path in ("/", "/stories.json"):
        assert client.get(path, params={"text": text}).status_code == 200


def test_what_is_asked_for_while_typing_is_the_list_alone(client):
    part = client.get("/", params={"text": "Knirschen", "part": "1"}).text
    assert part.lstrip().startswith("<div data-part>") and "<html" not in part and "Küstenbote" in part


def test_nothing_found_is_said_so(client):
    text = client.get("/", params={"text": "zebra"}).text
    assert "No story, no claim and no article fits." in text


def test_claims_are_found_with_who_says_them_and_lead_to_their_page(client):
    story = client.get("/stories.json").json()["stories"][0]["id"]
    assert client.get(f"/story/{story}").status_code == 200  # traced when it is shown
    [claim, *_] = client.get("/stories.json", params={"text": "Brandal"}).json()["claims"]
    root = markup.document_fromstring(client.get("/", params={"text": "Brandal"}).text)
    [item, *_] = root.xpath("//ul[@class='hits claims']/li")
    assert item.xpath(".//a/@href")[0] == f"/story/{claim['story']}/claim/{claim['claim']}"
    assert claim["verdict"] in item.text_content() and claim["text"][:30] in item.text_content()
    assert client.get(item.xpath(".//a/@href")[0]).status_code == 200
