import pytest

from retold.base.errors import SettingsError
from retold.collect.settings import CollectSettings


def test_the_defaults_are_those_in_the_docs() -> None:
    settings = CollectSettings()
    assert settings.max_text_bytes == 20_000_000
    assert settings.max_page_bytes == 10_000_000
    assert settings.max_article_characters == 2_000_000
    assert (settings.connect_timeout, settings.read_timeout, settings.total_timeout) == (10, 15, 60)
    assert settings.agent.startswith("Retold/")
    assert settings.agent.endswith(" (+https://retold.example/bot)")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_text_bytes", 0),
        ("max_text_bytes", -1),
        ("max_text_bytes", 1.5),
        ("max_page_bytes", True),
        ("max_redirects", -1),
        ("read_timeout", 0),
        ("read_timeout", float("nan")),
        ("total_timeout", float("inf")),
        ("connect_timeout", "10"),
        ("allow_private", 1),
        ("user_agent", "a\r\nHost: b"),
        ("user_agent", "Ретолд"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=name):
        CollectSettings(**{name: value})


def test_no_redirects_and_whole_seconds_can_be_meant() -> None:
    assert CollectSettings(max_redirects=0, read_timeout=5).max_redirects == 0
