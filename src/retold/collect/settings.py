"""The limits of collection, and who we say we are."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib.metadata import PackageNotFoundError, version

from retold.base.errors import SettingsError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectSettings:
    """What collection refuses, and how long it waits.

    Args:
        max_text_bytes: the largest plain text file.
        max_table_bytes: the largest JSON or CSV file, unpacked.
        max_page_bytes: the largest web page, saved or fetched, unpacked.
        max_article_characters: the longest text of one article, in code points.
        max_redirects: how often a URL may lead on to another.
        connect_timeout: seconds for a host to be found, and again for it to answer.
        read_timeout: seconds between two pieces of an answer.
        total_timeout: seconds for one URL with all its redirects and its robots.txt.
        host_delay: seconds between two requests to one host; its robots.txt may ask for more.
        allow_private: fetch from addresses that are not public too (a test server, an intranet).
        ignore_robots: fetch what a site's robots.txt forbids.
        repetitions: look for lines that come again on the pages of an outlet, which `divide` weighs.
        user_agent: how we name ourselves; empty for `Retold/VERSION (+https://retold.example/bot)`.

    Raises:
        SettingsError: a limit that is not a number above zero.
    """

    max_text_bytes: int = 20 * MEGABYTE
    max_table_bytes: int = 500 * MEGABYTE
    max_page_bytes: int = 10 * MEGABYTE
    max_article_characters: int = 2_000_000
    max_redirects: int = 5
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    total_timeout: float = 60.0
    host_delay: float = 1.0
    allow_private: bool = False
    ignore_robots: bool = False
    repetitions: bool = True
    user_agent: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be meant, before work starts."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not sensible(field.name, value):
                raise SettingsError(expected=WANTED[str(field.type)], found=repr(value), where=field.name, advice="leave it out")

    @property
    def agent(self) -> str:
        """The user agent that is sent."""
        return self.user_agent or f"Retold/{own_version()} (+https://retold.example/bot)"


WANTED = {
    "int": "a whole number above zero",
    "float": "a number of seconds above zero",
    "bool": "true or false",
    "str": "one line of printable ASCII",
}


MAY_BE_ZERO = ("max_redirects", "host_delay")


def sensible(name: str, value: object) -> bool:
    """Whether a setting can be meant; few may be zero.

    >>> sensible("max_redirects", 0), sensible("max_text_bytes", 0), sensible("read_timeout", float("nan"))
    (True, False, False)
    """
    if name == "user_agent":
        return isinstance(value, str) and value.isascii() and (value.isprintable() or not value)
    if name in ("allow_private", "ignore_robots", "repetitions"):
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, (int, float) if name.endswith(("_timeout", "_delay")) else int):
        return False
    return value == value and value != float("inf") and value >= (0 if name in MAY_BE_ZERO else 1e-3)


def own_version() -> str:
    """The installed version, "0" where the package runs from its source."""
    try:
        return version("retold")
    except PackageNotFoundError:
        return "0"
