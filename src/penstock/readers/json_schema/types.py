"""Makes types of schemas: what all of a number of schemas allow at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from penstock.errors import DocumentFormatError
from penstock.readers.expansion import Expansion
from penstock.readers.json_schema.keywords import CHOICES, COMPOSING, REFERENCES, RULES, SAYING, SHAPING
from penstock.readers.json_schema.objects import Objects, title_of
from penstock.readers.json_schema.plain import PlainTypes
from penstock.readers.json_schema.references import Part, References
from penstock.readers.losses import REFERENCE, TOO_LARGE, Losses
from penstock.schema.paths import Path
from penstock.schema.types import Json, Record, Type, Union, nullable
from penstock.schema.widen import NOTHING

MOST_STEPS: Final = 200_000
"""How many schemas are looked at for one document, each as often as it is used."""

DEEPEST: Final = 60
"""How deep fields, elements and keys may be nested."""


class Types:
    """The types of one document."""

    def __init__(self, references: References, place: str, *, siblings: bool = True) -> None:
        """Start with a document.

        Args:
            references: the document.
            place: what it is called in errors.
            siblings: whether what stands beside a `$ref` counts, as it does since 2019-09.
        """
        self.losses = Losses()
        self._references = references
        self._place = place
        self._siblings = siblings
        self._steps = MOST_STEPS
        self._known: dict[str, tuple[Sequence[Part], str]] = {}
        self._expansion = Expansion(self._read)
        objects = Objects(self.of, self.losses, self.fault, self.told)
        self._plain = PlainTypes(objects, self.losses, self.fault)

    def define(self, address: str, part: Part, name: str) -> Type:
        """The type of a definition at an address."""
        self._known[address] = [part], name
        type_ = self._expansion.define(address, name)
        for each in self._expansion.findings:
            self.losses.found[each] = None
        self._expansion.findings.clear()
        return type_

    def fault(self, path: Path, problem: str, hint: str) -> DocumentFormatError:
        """The error for a schema that is none."""
        return DocumentFormatError(self._place, str(path), problem, hint)

    def told(self, part: Part, path: Path) -> str:
        """The description of a schema; where it has none, that of the schema it leads to."""
        text = part.get("description")
        if isinstance(text, str):
            return text
        target = self._only_reference(part, path) if isinstance(part.schema, dict) else ""
        text = self._known[target][0][0].get("description") if target else None
        return text if isinstance(text, str) else ""

    def of(self, parts: Sequence[Part], path: Path) -> Type:
        """The type of what all parts allow."""
        self._steps -= 1
        if self._steps < 0:
            self.losses.lose(TOO_LARGE, Path(path.parts[:1]), "the schema is too large; what is behind is kept as JSON")
            return Json(nullable=True)
        if len(path.parts) > DEEPEST:
            self.losses.lose(TOO_LARGE, path, "the schema is nested too deep; what is behind is kept as JSON")
            return Json(nullable=True)
        for each in parts:
            self._check(each, path)
        shaping = [each for each in parts if each.schema is False or _said(each)]
        if len(shaping) == 1 and (target := self._only_reference(shaping[0], path)):
            type_ = self._expansion.use(target, path, self._known[target][1])
        elif any(self._is_composed(each) for each in shaping):
            key = "&".join(each.key for each in parts)
            self._known[key] = parts, ""
            type_ = self._expansion.use(key, path, "the schema here")
        else:
            type_ = self._shape(list(parts), path)
        return nullable(type_) if any(each.get("nullable") is True for each in parts) else type_

    def _check(self, part: Part, path: Path) -> None:
        if not isinstance(part.schema, bool | dict):
            raise self.fault(path, "a schema is neither an object nor a truth value", "write {} for any value.")

    def _read(self, address: str, path: Path) -> Type:
        parts, name = self._known[address]
        target = self._only_reference(parts[0], path) if len(parts) == 1 else ""
        if target:
            type_ = self._expansion.use(target, path, self._known[target][1])
        else:
            type_ = self._shape([flat for each in parts for flat in self._flat(each, path, set())], path)
        if any(each.get("nullable") is True for each in parts):
            type_ = nullable(type_)
        return replace(type_, type_name=name) if name and isinstance(type_, Record) else type_

    def _is_composed(self, part: Part) -> bool:
        return any(part.has(each) for each in (*REFERENCES, "allOf"))

    def _only_reference(self, part: Part, path: Path) -> str:
        """The address that a part leads to, when it says nothing else; empty: it says more, or leads nowhere."""
        said = _said(part)
        if len(said) != 1 and (self._siblings or "$ref" not in said):
            return ""
        if said == {"allOf"} and isinstance(part.get("allOf"), list) and len(part.get("allOf")) == 1:
            inner = part.inner(part.get("allOf")[0])
            return self._only_reference(inner, path) if _said(inner) else ""
        found = self._target(part, path)
        return found[0] if found else ""

    def _target(self, part: Part, path: Path) -> tuple[str, Part] | None:
        reference = next((part.get(each) for each in REFERENCES if part.has(each)), None)
        if reference is None:
            return None
        if not isinstance(reference, str):
            raise self.fault(path, "a reference is no text", "write it as '#/$defs/Name'.")
        try:
            address, target = self._references.find(reference, part.base)
        except LookupError as error:
            hint = "put all of the schema into one document, for example with a bundler."
            self.losses.lose(REFERENCE, path, f"{error.args[0]}; it is kept as JSON here", hint)
            return None
        self._known.setdefault(address, ([target], name_of(address, target)))
        return address, target

    def _flat(self, part: Part, path: Path, seen: set[str]) -> Iterator[Part]:
        """The parts without references and `allOf`: what they lead to instead."""
        self._check(part, path)
        target = self._target(part, path)
        if target and target[0] not in seen:
            seen.add(target[0])
            yield from self._flat(target[1], path, seen)
        if any(part.has(each) for each in REFERENCES) and not self._siblings:
            return
        for each in self._schemas(part, "allOf", path):
            yield from self._flat(each, path, seen)
        yield Part(part.schema, part.base, part.without | {*REFERENCES, "allOf"})

    def _schemas(self, part: Part, keyword: str, path: Path) -> list[Part]:
        listed = part.get(keyword)
        if listed is None:
            return []
        if not isinstance(listed, list):
            raise self.fault(path, f"{keyword} is no list", "write a list of schemas.")
        return [part.inner(each) for each in listed]

    def _shape(self, parts: list[Part], path: Path) -> Type:
        """The type of parts without references."""
        if any(each.schema is False for each in parts):
            return NOTHING
        for each in parts:
            for keyword in sorted(RULES & set(each.schema if isinstance(each.schema, dict) else ())):
                if not (keyword == "not" and each.get("not") == {}):
                    self.losses.lose_rule(path, keyword)
        if any(each.get("not") in ({}, True) for each in parts if each.has("not")):
            return NOTHING
        for position, each in enumerate(parts):
            for keyword in CHOICES:
                if each.has(keyword):
                    others = [*parts[:position], each.left_out(keyword), *parts[position + 1 :]]
                    return self._choice(self._schemas(each, keyword, path), others, path)
        return self._plain.of(parts, path)

    def _choice(self, choices: list[Part], others: list[Part], path: Path) -> Type:
        """A union; of choices that only say which fields are required, what all have."""
        for each in choices:
            self._check(each, path)
        if not all(each.schema is not True and (self._is_choice(each) or each.schema is False) for each in choices):
            self.losses.lose_rule(path, "alternatives")
            return self.of(others, path)
        others = [each for each in others if each.schema is False or _said(each) - _object(each)]
        types = [self.of([*others, each], path) for each in choices]
        members = tuple(dict.fromkeys(inner for each in types for inner in _members(each)))
        is_nullable = any(each.nullable for each in types)
        if any(isinstance(each, Json) for each in members):
            return Json(nullable=is_nullable)
        if len(members) == 1:
            return nullable(members[0], value=is_nullable)
        return Union(members, nullable=is_nullable)

    def _is_choice(self, part: Part) -> bool:
        return isinstance(part.schema, dict) and (not part.schema or any(part.has(each) for each in SHAPING))


def name_of(address: str, part: Part) -> str:
    """What a definition is called: after its key, else after its title."""
    last = address.rpartition("#")[2].rpartition("/")[2]
    if last:
        return last.replace("~1", "/").replace("~0", "~")
    return title_of(part.schema) or address.partition("#")[0].rstrip("/").rpartition("/")[2].partition(".")[0]


def _said(part: Part) -> set[str]:
    """The keywords of a part that say what a value is; beside a composition, `type: object` says nothing more."""
    said = set(SAYING & part.schema.keys() - part.without) if isinstance(part.schema, dict) else set()
    return said - _object(part) if said & COMPOSING else said


def _object(part: Part) -> set[str]:
    return {"type"} if part.get("type") == "object" else set()


def _members(type_: Type) -> tuple[Type, ...]:
    if isinstance(type_, Union):
        return tuple(inner for each in type_.members for inner in _members(each))
    return (nullable(type_, value=False),)
