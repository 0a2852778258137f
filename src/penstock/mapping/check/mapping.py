"""Checks a mapping field by field; a leaf with an error is left out and hides nothing."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field

from penstock.errors import Finding, UnknownOperationError
from penstock.mapping import typed
from penstock.mapping.catalogue import named
from penstock.mapping.check.calls import resolve_call
from penstock.mapping.check.constants import fixed
from penstock.mapping.check.convert import convert
from penstock.mapping.check.depth import check_depth, check_typed_depth, too_deep
from penstock.mapping.check.fitting import mismatches
from penstock.mapping.check.problem import CODES, LeafError
from penstock.mapping.check.scope import Scope
from penstock.mapping.model import (
    Build,
    Call,
    Constant,
    Expression,
    FieldMapping,
    ForEach,
    Mapping,
    Read,
    Shape,
    record_of,
)
from penstock.schema import ITEM, List, Path, Record, Type
from penstock.schema import Field as SchemaField


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a mapping, and the rest of it."""

    findings: tuple[Finding, ...]
    typed: typed.TypedMapping

    @property
    def is_valid(self) -> bool:
        """Whether there is no error."""
        return all(each.severity != "error" for each in self.findings)


def check(mapping: Mapping) -> Checked:
    """All findings of a mapping, in the order of the target, and what its sound leaves mean."""
    checker = _Checker()
    checker.sources(mapping.sources)
    target = record_of(mapping.target.type)
    scope = Scope.of(mapping.sources)
    root = checker.build(Build(mapping.fields), scope, target, Path())
    found = typed.TypedMapping(mapping.name, mapping.sources, mapping.target, root)
    return Checked(tuple(checker.findings), found)


def type_of_expression(value: Expression, sources: Sequence[Shape]) -> Type:
    """The type of an expression that reads some sources.

    Raises:
        LeafError: it has none.
    """
    return _Checker().resolve(value, Scope.of(sources), None).type


@dataclass(slots=True)
class _Checker:
    findings: list[Finding] = field(default_factory=list)

    def sources(self, shapes: Sequence[Shape]) -> None:
        """The names of the sources are told apart."""
        seen: set[str] = set()
        for each in shapes:
            if each.name in seen:
                problem = "two sources have this name; the last one is read"
                self._report("duplicate_source", Path((each.name,)), problem, "name each source once")
            seen.add(each.name)

    def build(self, record: Build, scope: Scope, target: Record, at: Path) -> typed.Build:
        """A record of the target, in the target's order."""
        known = target.by_name()
        given: dict[str, FieldMapping] = {}
        for each in record.fields:
            if each.target not in known:
                self._report(
                    "unknown_target",
                    at / each.target,
                    "the target has no such field",
                    scope.names.near(each.target, known),
                )
            elif each.target in given:
                self._report("duplicate_target", at / each.target, "the target field is filled twice", "keep one")
            else:
                given[each.target] = each
        fields = [self._field(given, each, scope, at) for each in target.fields]
        return typed.Build(tuple(each for each in fields if each), target)

    def _field(
        self, given: MappingOf[str, FieldMapping], target: SchemaField, scope: Scope, at: Path
    ) -> typed.Field | None:
        path = at / target.name
        if target.name not in given:
            if not target.optional and not target.type.nullable:
                self._report("unmapped_required", path, "the target needs a value and has no mapping", "map it")
            return None
        try:
            return self._leaf(given[target.name], target, scope, path)
        except LeafError as problem:
            self.findings.append(problem.at(str(path)))
        except RecursionError:
            self.findings.append(too_deep().at(str(path)))
        return None

    def _leaf(self, leaf: FieldMapping, target: SchemaField, scope: Scope, path: Path) -> typed.Field:
        value = self._value(leaf.value, scope, target.type, path)
        if not (target.type.nullable or target.optional):
            _refuse_null(value)
        problems = list(mismatches(value.type, target.type, path))
        if problems:
            for each in problems[:-1]:
                self._report(each.name, each.path, each.message, each.suggestion)
            raise LeafError(problems[-1].name, problems[-1].message, problems[-1].suggestion, problems[-1].path)
        value = convert(value, target.type)
        always = isinstance(value, typed.Fixed | typed.Build | typed.ListOf) and not value.type.nullable
        required = not (always or target.type.nullable or target.optional)
        if required and value.type.nullable and leaf.on_reject is None:
            self._warn(
                "may_be_null", path, "the value may be null: such rows are rejected", "use DEFAULT, or REQUIRE to agree"
            )
        default = fixed(leaf.on_reject.value, target.type) if leaf.on_reject else None
        if default is not None and not (target.type.nullable or target.optional):
            _refuse_null(default)
        return typed.Field(target.name, path, value, target.type, target.optional, required, default, leaf.comment)

    def _value(self, value: Expression, scope: Scope, target: Type, path: Path) -> typed.Expression:
        """The value of a target field: records and lists of records go into the target's own."""
        if isinstance(value, Build) and isinstance(target, Record):
            return self.build(value, scope, target, path)
        if isinstance(value, ForEach) and isinstance(target, List):
            check_depth(value.items)
            self._shadow(value.element, scope, path)
            items, inside, element = self._loop(value, scope)
            body = self._value(value.body, inside, target.element, path / ITEM)
            return typed.ForEach(items, element.name, element.type, body, List(body.type, nullable=items.type.nullable))
        check_depth(value)
        if isinstance(value, Constant):
            return fixed(value.value, target)
        resolved = self.resolve(value, scope, None)
        check_typed_depth(resolved)
        return resolved

    def _shadow(self, name: str, scope: Scope, path: Path) -> None:
        if name in scope.variables:
            problem = f"the elements are called {name!r}, which hides a source or an outer element of that name"
            self._warn("shadowed_name", path, problem, "give the elements another name")

    def _loop(self, loop: ForEach, scope: Scope) -> tuple[typed.Expression, Scope, typed.Variable]:
        if not loop.element:
            raise LeafError("missing_element", "FOR_EACH needs a name for the elements", 'add "as": "item"')
        items = self.resolve(loop.items, scope, None)
        if not isinstance(items.type, List):
            raise LeafError("not_a_list", f"FOR_EACH goes over a list, not {items.type.name}", "name a list")
        return items, *scope.inside(loop.element, items.type.element)

    def resolve(self, value: Expression, scope: Scope, wanted: Type | None) -> typed.Expression:
        """What an expression means where no field of the target says its type."""
        match value:
            case Read(path=path):
                return scope.read(path)
            case Constant(value=constant):
                return fixed(constant, wanted)
            case Call():
                return self._call(value, scope)
            case ForEach():
                items, inside, element = self._loop(value, scope)
                body = self.resolve(value.body, inside, None)
                return typed.ForEach(
                    items, element.name, element.type, body, List(body.type, nullable=items.type.nullable)
                )
            case Build():
                return self._inferred(value, scope)

    def _call(self, call: Call, scope: Scope) -> typed.Expression:
        try:
            candidates = named(call.operation)
        except UnknownOperationError as problem:
            text, _, suggestion = str(problem).partition("\nHint: ")
            raise LeafError("unknown_operation", text, suggestion) from None
        problems: list[LeafError] = []
        for each in candidates:
            try:
                return resolve_call(call, each, scope, self.resolve)
            except LeafError as problem:
                problems.append(problem)
        raise problems[0]

    def _inferred(self, record: Build, scope: Scope) -> typed.Build:
        """A record that is an argument: its type is what its fields give."""
        values = {each.target: self.resolve(each.value, scope, None) for each in record.fields}
        type_ = Record(tuple(SchemaField(name, each.type) for name, each in values.items()))
        fields = (
            typed.Field(name, Path() / name, each, each.type, optional=False, required=False)
            for name, each in values.items()
        )
        return typed.Build(tuple(fields), type_)

    def _report(self, name: str, path: Path, message: str, suggestion: str) -> None:
        self.findings.append(Finding("error", CODES[name], str(path), message, suggestion))

    def _warn(self, name: str, path: Path, message: str, suggestion: str) -> None:
        self.findings.append(Finding("warning", CODES[name], str(path), message, suggestion))


def _refuse_null(value: typed.Expression) -> None:
    if isinstance(value, typed.Fixed) and value.value is None:
        raise LeafError("bad_constant", "the constant is null, and the target takes no null", "write a value")
