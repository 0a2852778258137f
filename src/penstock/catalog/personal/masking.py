"""Takes personal values out of a catalog, so that what is left says how they look but not what they are.

A mask cannot be undone, not even by trying: it is no hash and no pseudonym. Letters become x, digits become 9; of
an e-mail address the first letters and the last part of the domain stay. Masking what is masked changes nothing.
"""

import re
import string
import sys
from collections.abc import Callable, Container
from dataclasses import replace
from functools import partial
from math import ceil, floor, isfinite, log10
from typing import Final, Literal, cast

from penstock.catalog.model import Catalog, FieldProfile, Integers, Numbers, Value, Values
from penstock.catalog.personal.labels import FORMS, NONE, Form, label

Examples = Literal["none", "masked", "plain"]
"""What is shown of values: nothing, personal ones masked, or all as they are."""

FREE_TEXT: Final = 60
"""Characters from which on a text may hold anything; so may one of more words than `FREE_WORDS`."""
FREE_WORDS: Final = 4

KINDS: Final = frozenset(form.kind for form in FORMS)
"""The kinds of personal data that have a form."""

IN_LOGS: Final = frozenset({"email", "iban", "card"})
"""The kinds that are masked in logs, where addresses of machines and long numbers are of use."""

_KEPT: Final = frozenset(string.punctuation + " ")
_STEPS: Final = (2**53, 2**63 - 1, 2**63, 2**127 - 1, 2**127)
"""Bounds that a decision asks about: what is below stays below."""
_LARGEST: Final = int(sys.float_info.max)


def masked(catalog: Catalog, examples: Examples = "masked") -> Catalog:
    """The catalog with its personal fields labelled and, unless `examples` is `plain`, without personal values.

    Of personal fields the smallest and largest values are widened to the next power of ten, and enumerations are left
    out. In other texts what looks personal is masked, and free text as a whole. `none` leaves out all examples.
    """
    labelled = label(catalog)
    if examples == "plain":
        return labelled
    return replace(labelled, fields=tuple(_masked(each, examples) for each in labelled.fields))


def is_personal(profile: FieldProfile) -> bool:
    """Whether a field is labelled as personal."""
    return profile.personal not in {"", NONE}


def mask_value(value: object, kind: str = "") -> object:
    """A value of a personal field of a kind, masked.

    Null, true and false stay, since they tell nobody apart; a number with a fraction becomes a text.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _nines(abs(value)) * (-1 if value < 0 else 1)
    if isinstance(value, str) and kind == "email" and "@" in value:
        return _mask_email(value)
    return mask_text(str(value))


def mask_text(text: str) -> str:
    """A text with every letter as x (X for a capital) and every digit as 9; ASCII punctuation and blanks stay."""
    return "".join(map(_mask_character, text))


def mask_within(text: str, kinds: Container[str] = KINDS) -> str:
    """A text with what looks personal in it masked: e-mail addresses, phone and account numbers and the like."""
    for form in FORMS:
        if form.kind in kinds:
            text = form.pattern.sub(partial(_mask_found, form), text)
    return text


def _mask_found(form: Form, found: re.Match[str]) -> str:
    return str(mask_value(found[0], form.kind)) if form.check(found[0]) else found[0]


def mask_example(value: object) -> object:
    """An example of a field that is not personal: free text is masked as a whole, else what looks personal in it."""
    if not isinstance(value, str):
        return value
    is_free = len(value) > FREE_TEXT or len(value.split()) > FREE_WORDS
    return mask_text(value) if is_free else mask_within(value)


def _mask_email(text: str) -> str:
    name, _, domain = text.strip().rpartition("@")
    host, _, last = domain.rpartition(".")
    first = name[:1].strip("*")
    if not host or not re.fullmatch(r"[A-Za-z]{2,24}", last):
        return f"{first}***@***.***"
    return f"{first}***@{host[:1].strip('*')}***.{last}"


def _mask_character(character: str) -> str:
    if character in _KEPT:
        return character
    if character.isnumeric():
        return "9"
    if character.isspace():
        return " "
    return "X" if character.isupper() else "x"


def _masked(profile: FieldProfile, examples: Examples) -> FieldProfile:
    shown, personal = profile.values, is_personal(profile)
    if examples == "none":
        hidden = replace(shown, counts={}, examples=())
    elif personal:
        hidden = replace(shown, counts={}, examples=_examples(shown, partial(mask_value, kind=profile.personal)))
    elif profile.personal == NONE:
        return profile  # a person says so, whatever the values look like
    else:
        # Counts under a mask would be those of another value.
        counts = shown.counts if all(mask_example(each) == each for each in shown.counts) else {}
        return replace(profile, values=replace(shown, counts=counts, examples=_examples(shown, mask_example)))
    if not personal:
        return replace(profile, values=hidden)
    integers, numbers = _wider_integers(profile.integers), _wider_numbers(profile.numbers)
    return replace(profile, integers=integers, numbers=numbers, texts=None, values=hidden)


def _examples(values: Values, mask: Callable[[object], object]) -> tuple[Value | None, ...]:
    """The examples under a mask. They stay in the order of the sample, so some may be equal."""
    return tuple(cast("Value | None", mask(each)) for each in values.examples)


def _wider_integers(span: Integers | None) -> Integers | None:
    return span and Integers(_lower(span.minimum), _upper(span.maximum))


def _wider_numbers(numbers: Numbers | None) -> Numbers | None:
    if numbers is None or not (isfinite(numbers.minimum) and isfinite(numbers.maximum)):
        return numbers
    low, high = _lower(floor(numbers.minimum)), _upper(ceil(numbers.maximum))
    return replace(numbers, minimum=float(max(low, -_LARGEST)), maximum=float(min(high, _LARGEST)))


def _upper(value: int) -> int:
    """The largest number of as many digits, or the smallest when it is negative."""
    if value < 0:
        return -_power(-value)
    nines = _power(value) * 10 - 1 if value else 0
    return next((step for step in _STEPS if value <= step < nines), nines)


def _lower(value: int) -> int:
    return -_upper(-value)


def _power(value: int) -> int:
    """The power of ten that has as many digits; counted without writing the number, which may be very long."""
    power: int = 10 ** max(int(value.bit_length() * log10(2)) - 1, 0)
    while power * 10 <= value:
        power *= 10
    return power


def _nines(value: int) -> int:
    return _power(value) * 10 - 1 if value else 0
