"""Finds personal data: by the form of values, and by the names of fields.

A rule only ever adds a label to a field that has none. So a label that a person wrote stays, and so does `none`, by
which a person says that a field is not personal.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from penstock.catalog.model import Catalog, FieldProfile
from penstock.catalog.personal.words import ADDRESSES, ALONE, NAMES, NEUTRAL, PEOPLE, PLACES, WORDS
from penstock.schema import Path

NONE: Final = "none"
"""The label by which a person says that a field is not personal."""

MOST: Final = 0.5
"""The share of a field's examples that must have a form before the field is labelled by it."""

MIN_PHONE_DIGITS: Final = 8
MIN_IBAN: Final = 15
LONGEST: Final = 320
"""Characters of the longest e-mail address; longer texts have no form."""

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Form:
    """How values of a kind of personal data are written."""

    kind: str
    pattern: re.Pattern[str]
    check: Callable[[str], bool] = lambda _: True
    """What must hold of a text that the pattern finds."""


def is_iban(text: str) -> bool:
    """Whether a text is an international bank account number with the right check digits."""
    packed = text.replace(" ", "")
    return len(packed) >= MIN_IBAN and int("".join(str(int(each, 36)) for each in packed[4:] + packed[:4])) % 97 == 1


def is_card(text: str) -> bool:
    """Whether a text of digits is a card number with the right check digit (Luhn)."""
    digits = [int(each) for each in text if each.isdecimal()]
    doubled = [sum(divmod(2 * each, 10)) for each in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_phone(text: str) -> bool:
    return sum(map(str.isdecimal, text)) >= MIN_PHONE_DIGITS


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


FORMS: Final = (
    Form("email", re.compile(r"[^\s@<>\"'(),;:=/\[\]{}]+@[^\s@<>\"'(),;:=/\[\]{}]+")),
    Form("iban", re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"), is_iban),
    # Thirteen digits are more often a bar code or milliseconds than a card.
    Form("card", re.compile(r"(?<![\w.-])[3-6](?:[ -]?[0-9]){13,18}(?![\w-])"), is_card),
    Form("phone", re.compile(r"(?<!\w)(?:\+|00)[1-9](?:[ ()./-]{0,2}[0-9]){6,14}(?![\w:])"), _is_phone),
    Form("phone", re.compile(r"(?<![\w.-])(?:\([0-9]{3}\) ?|[0-9]{3}-)[0-9]{3}-[0-9]{4}(?![\w-])")),
    Form("id", re.compile(r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])")),
    Form("ip", re.compile(r"(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w.])"), _is_ip),
    Form("ip", re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])"), _is_ip),
)
"""The forms that are looked for, the surest first."""


def label(catalog: Catalog) -> Catalog:
    """The catalog with a label at every field that looks personal and has none yet."""
    named = words_of(catalog.name)
    fields = (each if each.personal else replace(each, personal=kind_of_field(each, named)) for each in catalog.fields)
    return replace(catalog, fields=tuple(fields))


def kind_of_field(profile: FieldProfile, dataset: Sequence[str] = ()) -> str:
    """The kind of personal data in a field; empty: it does not look personal.

    Args:
        profile: the field with its examples as they are in the data.
        dataset: the words of the dataset's name: the `name` in `customers` is that of a person.
    """
    kinds = set(profile.types) - {"null"}
    if not kinds or kinds <= {"boolean", "object", "array"}:
        return ""
    return _kind_of_values(profile) or _kind_of_name(profile, dataset, is_text="string" in kinds)


def kind_of_text(text: str) -> str:
    """The kind of personal data that a whole text is; empty: it does not look personal."""
    stripped = text.strip()
    if len(stripped) > LONGEST:
        return ""
    return next((form.kind for form in FORMS if form.pattern.fullmatch(stripped) and form.check(stripped)), "")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case and without accents: `eMail_Adresse` is `e`, `mail`, `adresse`."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return tuple(each.lower() for each in _WORD.findall(plain))


def _kind_of_values(profile: FieldProfile) -> str:
    if profile.formats.get("email"):
        return "email"
    texts = [each for each in profile.values.examples if isinstance(each, str) and each]
    kinds = [kind_of_text(each) for each in texts]
    likely = max(kinds, key=kinds.count, default="")
    return likely if kinds.count(likely) >= MOST * len(texts) else ""


def _kind_of_name(profile: FieldProfile, dataset: Sequence[str], *, is_text: bool) -> str:
    names = [words_of(each) for each in _names(profile.path)]
    leaf = names[-1] if names else tuple(dataset)
    around = {_singular(word) for words in (tuple(dataset), *names[:-1]) for word in words}
    found = next((kind for run in _runs(leaf) if (kind := WORDS.get(run))), "")
    if found or not is_text:
        return found
    of_person = bool(around & PEOPLE or {_singular(word) for word in leaf} & PEOPLE)
    if NAMES & set(leaf[-1:]) and of_person:
        return "name"
    if leaf and len(leaf) == 1 and _singular(leaf[0]) in PEOPLE:
        return "name"
    of_place = bool(around & PLACES or {_singular(word) for word in leaf} & PLACES)
    return "address" if ADDRESSES & set(_runs(leaf)) and (of_person or not of_place) else ""


def _names(path: Path) -> Iterable[str]:
    return [part for part in path.parts if isinstance(part, str) and part != "*"]


def _runs(words: Sequence[str]) -> Iterator[str]:
    """Neighbouring words written together, the longest first: `first`, `name` gives `firstname`."""
    for length in range(len(words), 0, -1):
        for at in range(len(words) - length + 1):
            run = "".join(words[at : at + length])
            is_vague = run in ALONE and length < len(words)
            if not is_vague and not NEUTRAL & set(words[at + length :]):
                yield run


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word  # noqa: PLR2004  # "bus" stays
