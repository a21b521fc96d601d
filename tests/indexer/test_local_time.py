"""Instants in Greenwich's hours as days of a zone."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from indexer.date import Clues
from indexer.local_time import in_zone


@pytest.mark.parametrize(
    ("told", "zone", "read"),
    [
        pytest.param("2023-11-27T21:30:00Z", "Asia/Baku", "2023-11-28", id="east"),
        pytest.param("2023-11-27T02:30Z", "America/New_York", "2023-11-26", id="west"),
        pytest.param("2023-11-27T21:30:00.123+00:00", "Asia/Baku", "2023-11-28", id="offset-of-nothing"),
        pytest.param("2023-11-27 21:30 UTC", "Asia/Baku", "2023-11-28", id="called-utc"),
        pytest.param("2023-06-27T22:30:00Z", "Europe/London", "2023-06-27", id="summer-before-midnight"),
        pytest.param("2023-06-27T23:30:00Z", "Europe/London", "2023-06-28", id="summer-time"),
        pytest.param("2023-11-27T21:30:00+04:00", "Asia/Baku", "2023-11-27T21:30:00+04:00", id="own-clock"),
        pytest.param("2023-11-27T21:30:00", "Asia/Baku", "2023-11-27T21:30:00", id="no-zone"),
        pytest.param("2023-11-27", "Asia/Baku", "2023-11-27", id="day"),
        pytest.param("2023-02-31T21:30:00Z", "Asia/Baku", "2023-02-31T21:30:00Z", id="no-such-day"),
        pytest.param("0001-01-01T00:30:00Z", "America/New_York", "0001-01-01T00:30:00Z", id="first-hour"),
    ],
)
def test_in_zone(told, zone, read):
    found = in_zone(Clues(given=told, meta=(told,), structured=(told,), headed=(told,)), zone)
    assert (found.given, found.meta, found.structured, found.headed) == (read, (read,), (read,), (read,))


def test_a_zone_of_whole_hours_is_so_many_hours_off():
    """Baku has been four hours ahead since 2016."""
    rng = random.Random(3)
    for _ in range(100):
        instant = datetime(2017, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(3_000_000))
        told = instant.strftime("%Y-%m-%dT%H:%M:00Z")
        assert in_zone(Clues(given=told), "Asia/Baku").given == str((instant + timedelta(hours=4)).date())
