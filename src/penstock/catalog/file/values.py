"""Writes what is known of the values of fields, so that a catalog that was written down can still be added to.

These are no facts for people: the counts of few values, and the smallest hashes of many. Hashes of personal values
are never written, because whoever guesses a value can find it by its hash.
"""

import base64
import binascii
from collections.abc import Mapping
from itertools import accumulate

from penstock.catalog.file.entry import Count, OneLine, convert
from penstock.catalog.model import SAMPLE, Catalog, FieldProfile, Values
from penstock.catalog.personal.masking import is_personal
from penstock.catalog.profiling.sketch import Tally
from penstock.errors import CatalogFormatError

_SEVEN = 0x7F
_MORE = 0x80


def write_values(catalog: Catalog) -> dict[str, object]:
    """The values of each path: counts as a mapping, else the sample of hashes as one text."""
    return {str(each.path): written for each in catalog.fields if (written := _write(each))}


def _write(profile: FieldProfile) -> object:
    values = profile.values
    if is_personal(profile):
        return None
    written = OneLine()
    if values.counts:
        written["counts"] = OneLine(values.counts)  # type: ignore[arg-type]  # integers are keys, too
    if values.sample and values.sample != _sample_of(values.counts).sample:
        written["sample"] = pack(values.sample)
    return written or None


def read_values(data: Mapping[str, object], name: str) -> dict[str, Values]:
    """The values of each path.

    Raises:
        CatalogFormatError: they are not written as `write_values` writes them; says where.
    """
    return {path: _read(written, name, f"values.{path}") for path, written in data.items()}


def _read(written: object, name: str, at: str) -> Values:
    held = convert(written, dict[str, object], name, at)
    counts: dict[str | int, int] = convert(held.get("counts", {}), dict[str | int, Count], name, f"{at}.counts")
    if "sample" not in held:
        return _sample_of(counts)
    try:
        sample = unpack(convert(held["sample"], str, name, f"{at}.sample"))
    except ValueError:
        hint = "take the file as it was before, or leave the line out: the number of different values is lost then."
        raise CatalogFormatError(name, f"{at}.sample", "it was changed", hint) from None
    return Values(sample, (), counts)


def _sample_of(counts: Mapping[str | int, int]) -> Values:
    tally = Tally()
    tally.add_texts({each: times for each, times in counts.items() if isinstance(each, str)})
    tally.add_integers({each: times for each, times in counts.items() if isinstance(each, int)})
    return tally.freeze()


def pack(sample: tuple[int, ...]) -> str:
    """Sorted numbers as a text: their differences, seven bits a byte, in base 64."""
    packed, before = bytearray(), 0
    for each in sample:
        step, before = each - before, each
        while step > _SEVEN:
            packed.append(step & _SEVEN | _MORE)
            step >>= 7
        packed.append(step)
    return base64.b64encode(packed).decode().rstrip("=")


def unpack(text: str) -> tuple[int, ...]:
    """The numbers of such a text; ValueError when it is none."""
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
    steps, step, shift = [], 0, 0
    for each in packed:
        step |= (each & _SEVEN) << shift
        shift += 7
        if not each & _MORE:
            steps.append(step)
            step = shift = 0
    sample = tuple(accumulate(steps))
    if shift or len(sample) > SAMPLE or any(step == 0 for step in steps[1:]) or (sample and sample[-1] >> 32):
        raise ValueError(text)
    return sample
