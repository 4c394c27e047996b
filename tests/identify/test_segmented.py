"""Chinese persons by where they stand, whatever their names are made of."""

import pytest

from retold.base.records import Article, Sentence
from retold.identify.names import find_mentions
from retold.identify.reading import Reading


def persons(text: str) -> list[str]:
    article = Article(id="a", text=text)
    sentence = Sentence(id="s", article="a", passage="p", start=0, end=len(text), order=0, language="zh", kind="paragraph")
    found = find_mentions(Reading(article=article, language="zh", passages=(), sentences=(sentence,)))
    return [m.text for m in found if m.kind == "person"]


@pytest.mark.parametrize(("text", "name"), [
    ("东岭大学教授连博文的办公室没有人。", "连博文"),
    ("店长俞晓棠在门口等候。", "俞晓棠"),
    ("发言人岩村俊介说，调查仍在继续。", "岩村俊介"),
    ("邻居们记得，林佳慧（35岁）上周还在上班。", "林佳慧"),
    ("游客林佳慧左手受伤。", "林佳慧"),
    ("店里有一位名叫高桥薰的老人。", "高桥薰"),
])
def test_behind_a_noun_of_people_named_or_before_an_age(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize("text", ["教授办公室没有人。", "校长会议明天举行。", "市民纷纷表示不满。", "记者注意到，店门已关。", "负责人回应称，情况属实。", "是隔壁的太太来敲门。"])
def test_nobody(text: str) -> None:
    assert persons(text) == []
