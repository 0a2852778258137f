"""Schedules: words such as "day at 21:00" to cron and back. All times are UTC.

Cron here has the five classic fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday).
"""

import re
from collections.abc import Callable
from typing import Final

from penstock.errors import ScheduleError

FORMS: Final = (
    "15 minutes",
    "hour",
    "6 hours",
    "day at 21:00",
    "weekday at 6",
    "monday at 07:30",
    "week",
    "month on the 1st at 03:00",
    "0 21 * * *",
)
_DAYS: Final = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_DAY_CODES: Final = {name[:3].upper(): str(index) for index, name in enumerate(_DAYS)}
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH_CODES: Final = {name: str(index) for index, name in enumerate(_MONTHS, 1)}
_FIELDS: Final[tuple[tuple[str, int, int, dict[str, str]], ...]] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of month", 1, 31, {}),
    ("month", 1, 12, _MONTH_CODES),
    ("day of week", 0, 7, _DAY_CODES),
)
_AT = r"(?: at (?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?)?"
_LONGEST_MONTH_DAY: Final = 28
"""Later days do not exist in every month, and cron would silently leave that month out."""
_MINUTES_A_DAY: Final = 24 * 60


def parse_schedule(text: str) -> str:
    """Five cron fields for a schedule in words or in cron: "day at 21:00" gives "0 21 * * *".

    Raises:
        ScheduleError: Neither is understood; the error lists the forms.
    """
    words = " ".join(text.lower().split())
    if len(words.split()) == len(_FIELDS) and re.fullmatch(r"[\d*]\S*", words.split()[0]):
        return _checked_cron(text)
    words = words.removeprefix("every ").removesuffix(" utc")
    for pattern, build in _WORDS.items():
        if match := re.fullmatch(pattern, words):
            return build(text, match)
    raise ScheduleError(text, "these are not words that a schedule knows", FORMS)


def to_words(cron: str) -> str:
    """The words for five cron fields, such that `parse_schedule` gives the same cron; else the cron itself."""
    minute, hour, day, month, weekday = _checked_cron(cron).split()
    if month != "*":
        return cron
    if (step := re.fullmatch(r"\*/(\d+)", minute)) and (hour, day, weekday) == ("*", "*", "*"):
        return f"{step[1]} minutes"
    if minute == "0" and (day, weekday) == ("*", "*"):
        if hour == "*":
            return "hour"
        if step := re.fullmatch(r"\*/(\d+)", hour):
            return f"{step[1]} hours"
    if not (minute.isdecimal() and hour.isdecimal()):
        return cron
    return _daily_words(f"{int(hour):02}:{int(minute):02}", day, weekday) or cron


def _daily_words(time: str, day: str, weekday: str) -> str:
    if day == "*" and weekday == "*":
        return f"day at {time}"
    if day == "*" and weekday == "1-5":
        return f"weekday at {time}"
    if day == "*" and weekday.isdecimal():
        return f"{_DAYS[int(weekday) % 7]} at {time}"
    if weekday == "*" and day.isdecimal() and int(day) <= _LONGEST_MONTH_DAY:
        ending = "th" if day in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(day[-1], "th")
        return f"month on the {day}{ending} at {time}"
    return ""


def shortest_gap(cron: str) -> int:
    """The least number of minutes between two runs of one day, or from one day to the next."""
    minutes, hours, *_ = (_values(field, low, high) for field, (_, low, high, _) in
                          zip(_checked_cron(cron).split(), _FIELDS, strict=True))  # fmt: skip
    times = sorted(hour * 60 + minute for hour in hours for minute in minutes)
    return min(after - before for before, after in zip(times, [*times[1:], times[0] + _MINUTES_A_DAY], strict=True))


def _time(text: str, match: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004  # a day's hours and minutes
        raise ScheduleError(text, f"{hour}:{minute:02} is no time of day", FORMS)
    return hour, minute


def _step(unit: str, whole: int, cron: str) -> Callable[[str, re.Match[str]], str]:
    def build(text: str, match: re.Match[str]) -> str:
        count = int(match["count"])
        # Cron counts anew every hour or day: 45 minutes would be a gap of 45, then of 15.
        if count == 0 or whole % count or count == whole:
            fitting = ", ".join(str(each) for each in range(1, whole) if whole % each == 0)
            raise ScheduleError(text, f"{count} {unit} do not divide evenly; possible are {fitting}", FORMS)
        return cron.format(count=count).replace("*/1 ", "* ")

    return build


def _daily(weekday: str) -> Callable[[str, re.Match[str]], str]:
    def build(text: str, match: re.Match[str]) -> str:
        hour, minute = _time(text, match)
        day = str(_DAYS.index(match["name"])) if "name" in match.groupdict() else weekday
        return f"{minute} {hour} * * {day}"

    return build


def _monthly(text: str, match: re.Match[str]) -> str:
    hour, minute = _time(text, match)
    day = int(match["day"] or 1)
    if not 1 <= day <= _LONGEST_MONTH_DAY:
        raise ScheduleError(text, f"not every month has a day {day}; use 1 to {_LONGEST_MONTH_DAY}", FORMS)
    return f"{minute} {hour} {day} * *"


_WORDS: Final[dict[str, Callable[[str, re.Match[str]], str]]] = {
    r"minute": lambda _text, _match: "* * * * *",
    r"(?P<count>\d{1,3}) (?:minutes?|min)": _step("minutes", 60, "*/{count} * * * *"),
    r"hour|hourly": lambda _text, _match: "0 * * * *",
    r"(?P<count>\d{1,3}) hours?": _step("hours", 24, "0 */{count} * * *"),
    rf"(?:day|daily){_AT}": _daily("*"),
    rf"(?:weekday|weekdays){_AT}": _daily("1-5"),
    rf"(?:on )?(?P<name>{'|'.join(_DAYS)})s?{_AT}": _daily(""),
    rf"(?:week|weekly){_AT}": _daily("1"),
    rf"(?:month|monthly)(?: on the (?P<day>\d{{1,2}})(?:st|nd|rd|th))?{_AT}": _monthly,
}


def _checked_cron(text: str) -> str:
    """The cron with names of days and months as numbers and one blank between the fields."""
    parts = text.upper().split()
    if len(parts) != len(_FIELDS):
        raise ScheduleError(text, "cron has five fields: minute, hour, day of month, month, day of week", FORMS)
    checked = []
    for part, (name, low, high, codes) in zip(parts, _FIELDS, strict=True):
        plain = re.sub(r"[A-Z]{3}", lambda match, codes=codes: codes.get(match[0], match[0]), part)  # type: ignore[misc]  # a default argument binds the loop's value
        if not _values(plain, low, high):
            raise ScheduleError(text, f"{part!r} is no {name} ({low} to {high}, '*', lists, ranges, steps)", FORMS)
        checked.append(plain)
    return " ".join(checked)


def _values(field: str, low: int, high: int) -> set[int]:
    """The numbers that a cron field stands for; empty if it cannot be read."""
    values: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?", part)
        if match is None or match[3] == "0" or (match[1] and match[3] and not match[2]):
            return set()
        first, last = (int(match[1]), int(match[2] or match[1])) if match[1] else (low, high)
        if not low <= first <= last <= high:
            return set()
        values.update(range(first, last + 1, int(match[3] or 1)))
    return values
