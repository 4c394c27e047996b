"""Moments as the workspace notes them: ISO 8601 in UTC, to the second, so that text sorts as time does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from retold.base.errors import SettingsError

FORM = "%Y-%m-%dT%H:%M:%SZ"
AGO = re.compile(r"(\d+)\s*([smhdw])")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
EARLY = timedelta(days=2)  # a date of publication later than that after collection is a mistake


def now() -> str:
    """This moment."""
    return datetime.now(UTC).strftime(FORM)


def after(seconds: float) -> str:
    """The moment so many seconds from now; before now where they are negative."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime(FORM)


def in_utc(written: str | None) -> str:
    """An ISO 8601 date or time in UTC; "" when it is none. A time without a zone counts as UTC, a day as its beginning.

    >>> in_utc("2024-05-11T10:00:00+02:00"), in_utc("2024-05-11"), in_utc("soon")
    ('2024-05-11T08:00:00Z', '2024-05-11T00:00:00Z', '')
    """
    if not written:
        return ""
    try:
        found = datetime.fromisoformat(written)
        return (found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)).strftime(FORM).zfill(20)
    except (ValueError, OverflowError):
        return ""


def told(published: str | None, captured: str) -> str:
    """When an article was told: when it was published, or collected where that is not said or cannot be.

    >>> told("2024-05-11", "2024-05-12T09:00:00Z"), told("2044-05-11", "2024-05-12T09:00:00Z")
    ('2024-05-11T00:00:00Z', '2024-05-12T09:00:00Z')
    """
    found = in_utc(published)
    latest = (datetime.strptime(captured, FORM) + EARLY).strftime(FORM)
    return found if found and found <= latest else captured


def moment(written: str, *, where: str = "a time") -> str:
    """A moment as people give it: so long ago ("2d", "12h"), a day or a time.

    Raises:
        SettingsError: it is none of them.
    """
    ago = AGO.fullmatch(written.strip())
    try:
        if ago:
            return (datetime.now(UTC) - timedelta(seconds=seconds(written))).strftime(FORM)
    except OverflowError:
        return "0001-01-01T00:00:00Z"
    found = in_utc(written.strip())
    if not found:
        raise SettingsError(expected="so long ago (2d, 12h) or a day (2024-05-11)", found=repr(written), where=where)
    return found


def seconds(written: str, *, where: str = "a length of time") -> float:
    """A length of time in seconds.

    Raises:
        SettingsError: it is none.

    >>> seconds("10m"), seconds("2d")
    (600.0, 172800.0)
    """
    found = AGO.fullmatch(written.strip())
    if not found:
        raise SettingsError(expected="a number with s, m, h, d or w, such as 10m", found=repr(written), where=where)
    return float(int(found.group(1)) * SECONDS[found.group(2)])
