"""Articles of many days, made on the spot."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from json import dumps

TOWNS = ("Orlen", "Varnholm", "Sandwick", "Altweiler", "Montalban", "Bredsund")
THINGS = ("dam", "school", "ferry", "mine", "market", "bridge", "library")


def rows(days: int) -> Iterator[str]:
    """One story of two articles a day, told at different places."""
    for day in range(days):
        town, thing = f"{TOWNS[day % 6]}{day}", THINGS[day % 7]
        for hour in (8, 14):
            when = datetime(2026, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)
            text = f"The {thing} of {town} was closed after {day + 3} cracks were found. Mayor Ada {town}ski asked for help at {town}."
            yield dumps({"id": f"d{day:03}h{hour}", "text": text, "title": f"{thing.title()} of {town} closed", "outlet": f"Post {hour}",
                         "published": when.isoformat()}) + "\n"
