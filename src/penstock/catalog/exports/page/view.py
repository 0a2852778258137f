"""What the page of a catalog shows, as texts and shares that are ready to be drawn."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from penstock.catalog.decisions.enumeration import enumeration
from penstock.catalog.evolution.history import is_gone
from penstock.catalog.model import JSON_TYPES, Catalog, Change, FieldProfile
from penstock.catalog.personal.masking import is_personal
from penstock.schema import Path, format_type

MAX_BARS: Final = 12
"""Values that a histogram shows; the others are added up."""

_CHANGES: Final = {
    "added": "new",
    "type": "type changed",
    "nullable": "may be null now",
    "optional": "may be missing now",
    "gone": "gone",
    "back": "back again",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar, or a bar of a histogram."""

    name: str
    times: str
    percent: float
    """Its length."""
    share: str
    """What it is a share of all values, for people."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field on the page."""

    path: str
    parent: str
    name: str
    depth: int
    type: str
    badges: tuple[tuple[str, str], ...]
    """Kind and text of each mark."""
    description: str
    presence: float
    """Percent."""
    present: str
    types: tuple[Bar, ...]
    facts: tuple[tuple[str, str], ...]
    formats: tuple[Bar, ...]
    values: tuple[Bar, ...]
    values_title: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """The page of a catalog."""

    name: str
    records: str
    through: str
    fields: tuple[FieldView, ...]
    personal: int
    changed: int
    history: tuple[tuple[str, str, str, str], ...]
    """Day, path, kind and detail of each change, newest first."""


def view(catalog: Catalog) -> PageView:
    """The page of a catalog."""
    fields = tuple(_field(each) for each in catalog.fields)
    return PageView(
        catalog.name or "data",
        _count(catalog.records),
        catalog.through,
        fields,
        sum(is_personal(each) for each in catalog.fields),
        len(catalog.history),
        tuple(_change(each) for each in reversed(catalog.history)),
    )


def _field(profile: FieldProfile) -> FieldView:
    parts = profile.path.parts
    values = sum(profile.types.values())
    title, bars = _values(profile)
    parent = str(Path(parts[:-1]))
    name = str(profile.path)[len(parent) :]
    if name.startswith(".") and parent:
        parent, name = f"{parent}.", name[1:]
    return FieldView(
        path=str(profile.path),
        parent=parent,
        name=name or "(the record)",
        depth=max(len(parts) - 1, 0),
        type=format_type(profile.type) if profile.type else "not decided",
        badges=tuple(_badges(profile)),
        description=profile.description,
        presence=100 * profile.present / profile.parents if profile.parents else 0.0,
        present=f"{_share(profile.present, profile.parents)} · {_count(profile.present)} of {_count(profile.parents)}",
        types=_bars({each: profile.types[each] for each in JSON_TYPES if each in profile.types}, values),
        facts=tuple(_facts(profile)),
        formats=_bars(profile.formats, profile.types.get("string", 0)),
        values=bars,
        values_title=title,
        examples=() if bars else tuple(_text(each) for each in profile.values.shown),
    )


def _badges(profile: FieldProfile) -> list[tuple[str, str]]:
    marks = [
        ("personal", f"personal: {profile.personal}", is_personal(profile)),
        ("gone", f"not seen since {profile.seen.last}", is_gone(profile)),
        ("person", "decided by a person", profile.decided_by == "person"),
        ("plain", "nullable", "null" in profile.types),
        ("plain", "optional", 0 < profile.present < profile.parents),
        ("odd", "repeated keys", profile.repeated > 0),
        ("odd", "too many keys", profile.capped),
    ]
    return [(kind, text) for kind, text, holds in marks if holds]


def _facts(profile: FieldProfile) -> list[tuple[str, str]]:
    integers, numbers, texts, lists = profile.integers, profile.numbers, profile.texts, profile.elements
    found: dict[str, str] = {}
    if integers or numbers:
        spans = [each for each in (integers, numbers) if each]
        low, high = min(each.minimum for each in spans), max(each.maximum for each in spans)
        found["range"] = f"{_number(low)} … {_number(high)}"
    if texts:
        found["range"] = f"{texts.minimum} … {texts.maximum}"
    if profile.longest is not None:
        short, long = profile.shortest, profile.longest
        found["length"] = f"{_count(long)}" if short in {None, long} else f"{_count(short or 0)} … {_count(long)}"
    if lists:
        found["elements"] = f"{_count(lists.minimum)} … {_count(lists.maximum)}"
    if "boolean" in profile.types:
        found["true"] = _share(profile.trues, profile.types["boolean"])
    if different := profile.distinct:
        found["distinct"] = f"{'' if profile.values.is_exact else '≈ '}{_count(different)}"
    if profile.seen.since:
        found["since"] = profile.seen.since
    if profile.seen.last:
        found["last seen"] = profile.seen.last
    return list(found.items())


def _values(profile: FieldProfile) -> tuple[str, tuple[Bar, ...]]:
    """A histogram of the values, where they are few and come again."""
    counts = profile.values.counts
    total = sum(counts.values())
    if not counts or (enumeration(profile) is None and total < 2 * len(counts)):
        return "", ()
    ranked = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
    shown = {_text(value): times for value, times in ranked[:MAX_BARS]}
    rest = sum(times for _, times in ranked[MAX_BARS:])
    if rest:
        shown[f"… {len(ranked) - MAX_BARS} more"] = rest
    longest = max(shown.values())
    bars = (Bar(name, _count(times), 100 * times / longest, _share(times, total)) for name, times in shown.items())
    return "values" if enumeration(profile) is None else "one of", tuple(bars)


def _bars(counts: Mapping[str, int], total: int) -> tuple[Bar, ...]:
    ranked = sorted(counts.items(), key=lambda each: -each[1])
    return tuple(
        Bar(name.replace("_", " "), _count(times), 100 * times / total if total else 0.0, _share(times, total))
        for name, times in ranked
    )


def _change(change: Change) -> tuple[str, str, str, str]:
    detail = " → ".join(filter(None, (change.before, change.after)))
    return change.at, change.path, _CHANGES[change.kind], detail


def _share(times: int, total: int) -> str:
    """A percentage that says 0 % and 100 % only where it is exactly so."""
    percent = 100 * times / total if total else 0.0
    if 0 < times < total:
        percent = min(max(percent, 0.1), 99.9)
        return f"{percent:.1f} %"
    return f"{percent:.0f} %"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _number(number: float) -> str:
    if isinstance(number, int):
        return str(number) if abs(number) < 10**40 else f"about 10^{int(number.bit_length() * math.log10(2))}"
    return repr(number)


def _text(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) and value != value.strip() else str(value) or "“”"
