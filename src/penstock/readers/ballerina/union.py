"""One type of the members of a union."""

from collections.abc import Sequence

from penstock.schema.types import Enum, Json, Text, Type, Union, nullable


def join_members(members: Sequence[Type]) -> Type:
    """The type that takes the values of all members, in their order.

    Enumerations become one, and are left out beside text; JSON takes everything; null makes the whole nullable.
    """
    flat = [each for member in members for each in _flat(member)]
    is_nullable = any(each.nullable for each in (*members, *flat))
    if any(isinstance(each, Json) for each in flat):
        return Json(nullable=is_nullable)
    values = tuple(dict.fromkeys(value for each in flat if isinstance(each, Enum) for value in each.values))
    has_text = any(isinstance(each, Text) for each in flat)
    plain = [Enum(values) if isinstance(each, Enum) else nullable(each, value=False) for each in flat]
    kept = [each for each in dict.fromkeys(plain) if not (has_text and isinstance(each, Enum))]
    return nullable(kept[0] if len(kept) == 1 else Union(tuple(kept)), value=is_nullable)


def _flat(type_: Type) -> Sequence[Type]:
    return type_.members if isinstance(type_, Union) else (type_,)
