"""Schedules in words, in cron, and what is neither."""

import pytest

from penstock.errors import ScheduleError
from penstock.pipeline.spec.schedule import FORMS, parse_schedule, shortest_gap, to_words

WORDS = [
    ("day at 21:00", "0 21 * * *", "day at 21:00"),
    ("every day at 21:00", "0 21 * * *", "day at 21:00"),
    ("Every  Day at 21:00 UTC", "0 21 * * *", "day at 21:00"),
    ("day", "0 0 * * *", "day at 00:00"),
    ("hour", "0 * * * *", "hour"),
    ("6 hours", "0 */6 * * *", "6 hours"),
    ("1 hour", "0 * * * *", "hour"),
    ("15 minutes", "*/15 * * * *", "15 minutes"),
    ("every 15 minutes", "*/15 * * * *", "15 minutes"),
    ("minute", "* * * * *", "* * * * *"),
    ("weekday at 6", "0 6 * * 1-5", "weekday at 06:00"),
    ("monday at 07:30", "30 7 * * 1", "monday at 07:30"),
    ("on sundays at 7", "0 7 * * 0", "sunday at 07:00"),
    ("week", "0 0 * * 1", "monday at 00:00"),
    ("month on the 1st at 03:00", "0 3 1 * *", "month on the 1st at 03:00"),
    ("month on the 22nd", "0 0 22 * *", "month on the 22nd at 00:00"),
    ("month", "0 0 1 * *", "month on the 1st at 00:00"),
    ("0 21 * * MON-FRI", "0 21 * * 1-5", "weekday at 21:00"),
    ("5,35 8-18/2 * jan *", "5,35 8-18/2 * 1 *", "5,35 8-18/2 * 1 *"),
    ("0 0 31 * *", "0 0 31 * *", "0 0 31 * *"),
    ("0 7 * * 7", "0 7 * * 7", "sunday at 07:00"),
]


@pytest.mark.parametrize(("text", "cron", "words"), WORDS)
def test_words_and_cron(text: str, cron: str, words: str) -> None:
    assert parse_schedule(text) == cron
    assert to_words(cron) == words


@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_is_offered_is_understood(form: str) -> None:
    cron = parse_schedule(form)
    assert parse_schedule(to_words(cron)) == cron


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not words"),
        ("sometimes", "not words"),
        ("day at 25:00", "no time of day"),
        ("day at 9:5", "not words"),
        ("45 minutes", "possible are 1, 2, 3"),
        ("0 minutes", "do not divide"),
        ("24 hours", "do not divide"),
        ("month on the 31st", "not every month"),
        ("0 24 * * *", "is no hour"),
        ("0 21 * * FOO", "is no day of week"),
        ("*/0 * * * *", "is no minute"),
        ("9-3 * * * *", "is no minute"),
        ("0 21 * *", "not words"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_forms(text: str, says: str) -> None:
    with pytest.raises(ScheduleError, match=says) as caught:
        parse_schedule(text)
    assert all(form in str(caught.value) for form in FORMS)


@pytest.mark.parametrize(
    ("cron", "minutes"),
    [("* * * * *", 1), ("*/15 * * * *", 15), ("0 * * * *", 60), ("0 21 * * *", 1440), ("50,55 23 * * *", 5),
     ("0 */5 * * *", 240)],
)  # fmt: skip
def test_the_shortest_gap(cron: str, minutes: int) -> None:
    assert shortest_gap(cron) == minutes
