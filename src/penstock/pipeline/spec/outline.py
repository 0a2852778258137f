"""The keys that a spec may have at a place, with what they mean; read from the model."""

from collections.abc import Iterator
from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel

from penstock.pipeline.spec.document import Data, Place
from penstock.pipeline.spec.model import Part, Spec


def fields_at(data: Data, place: Place) -> dict[str, str]:
    """The known keys of the mapping at the place, each with its description.

    Where a `kind` chooses and is not yet chosen, the only key is `kind` and its text is `one|other`.
    """
    part = _part(Spec, data, place)
    if part is None:
        return {}
    if isinstance(part, tuple):
        return {"kind": "|".join(kind_of(each) for each in part)}
    return {info.alias or name: info.description or "" for name, info in part.model_fields.items()}


def kind_of(part: type[Part]) -> str:
    """The value of `kind` that chooses this part."""
    return str(get_args(part.model_fields["kind"].annotation)[0])


def parts_in(annotation: Any) -> Iterator[type[Part]]:
    """The parts that an annotation names, wherever they stand in it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation  # type: ignore[misc]  # every model of the spec is a Part
    else:
        for each in get_args(annotation):
            if each is not NoneType:
                yield from parts_in(each)


def _part(part: type[Part], data: Data, place: Place) -> type[Part] | tuple[type[Part], ...] | None:
    """The part at the place: one, several that a `kind` chooses between, or none."""
    if not place:
        return part
    key, rest = place[0], place[1:]
    info = next((info for name, info in part.model_fields.items() if key in (info.alias, name)), None)
    if info is None or not isinstance(data, dict):
        return None
    value = data.get(str(key))
    found = tuple(parts_in(info.annotation))
    if len(found) == 1 and getattr(info.annotation, "__origin__", None) is dict:
        if not rest:
            return None
        value, rest = (value.get(str(rest[0])) if isinstance(value, dict) else None), rest[1:]
    if len(found) > 1:
        kind = value.get("kind") if isinstance(value, dict) else None
        found = tuple(each for each in found if kind_of(each) == kind) or found
        if len(found) > 1:
            return found
    return _part(found[0], value, rest) if found else None
