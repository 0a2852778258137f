"""Checks a mapping field by field; a leaf with an error is left out and hides nothing."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field

from penstock.errors import Finding, UnknownOperationError, hint_for
from penstock.mapping import typed
from penstock.mapping.catalogue import named
from penstock.mapping.check.calls import resolve_call
from penstock.mapping.check.constants import fixed
from penstock.mapping.check.convert import convert
from penstock.mapping.check.problem import CODES, LeafError
from penstock.mapping.check.scope import Scope
from penstock.mapping.model import Build, Call, Constant, Expression, FieldMapping, ForEach, Mapping, Read, Shape
from penstock.schema import ITEM, List, Path, Record, Type, assignable, format_type, nullable
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
    variables = {each.name: typed.Variable(each.name, each.type) for each in mapping.sources}
    checker = _Checker()
    target = mapping.target.type if isinstance(mapping.target.type, Record) else Record()
    scope = Scope(variables, set(variables))
    root = checker.build(Build(mapping.fields), scope, target, Path())
    found = typed.TypedMapping(mapping.name, mapping.sources, mapping.target, root)
    return Checked(tuple(checker.findings), found)


def type_of_expression(value: Expression, sources: Sequence[Shape]) -> Type:
    """The type of an expression that reads some sources.

    Raises:
        LeafError: it has none.
    """
    variables = {each.name: typed.Variable(each.name, each.type) for each in sources}
    return _Checker().resolve(value, Scope(variables, set(variables)), None).type


@dataclass(slots=True)
class _Checker:
    findings: list[Finding] = field(default_factory=list)

    def build(self, record: Build, scope: Scope, target: Record, at: Path) -> typed.Build:
        """A record of the target, in the target's order."""
        known = target.by_name()
        given: dict[str, FieldMapping] = {}
        for each in record.fields:
            if each.target not in known:
                self._report(
                    "unknown_target", at / each.target, "the target has no such field", hint_for(each.target, known)
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
            return None

    def _leaf(self, leaf: FieldMapping, target: SchemaField, scope: Scope, path: Path) -> typed.Field:
        value = self._value(leaf.value, scope, target.type, path)
        if not assignable(nullable(value.type, value=False), nullable(target.type, value=False)):
            raise LeafError(
                "target_type",
                f"the value is {format_type(value.type)}, the target takes {format_type(target.type)}",
                "convert it with an operation",
            )
        value = convert(value, target.type)
        always = isinstance(value, typed.Fixed | typed.Build | typed.ListOf) and not value.type.nullable
        required = not (always or target.type.nullable or target.optional)
        if required and value.type.nullable and leaf.on_reject is None:
            self._warn(
                "may_be_null", path, "the value may be null: such rows are rejected", "use DEFAULT, or REQUIRE to agree"
            )
        default = fixed(leaf.on_reject.value, target.type) if leaf.on_reject else None
        return typed.Field(target.name, path, value, target.type, target.optional, required, default, leaf.comment)

    def _value(self, value: Expression, scope: Scope, target: Type, path: Path) -> typed.Expression:
        """The value of a target field: records and lists of records go into the target's own."""
        if isinstance(value, Build) and isinstance(target, Record):
            return self.build(value, scope, target, path)
        if isinstance(value, ForEach) and isinstance(target, List):
            items, inside, element = self._loop(value, scope)
            body = self._value(value.body, inside, target.element, path / ITEM)
            return typed.ForEach(items, element.name, element.type, body, List(body.type, nullable=items.type.nullable))
        if isinstance(value, Constant):
            return fixed(value.value, target)
        return self.resolve(value, scope, None)

    def _loop(self, loop: ForEach, scope: Scope) -> tuple[typed.Expression, Scope, typed.Variable]:
        items = self.resolve(loop.items, scope, None)
        if not isinstance(items.type, List):
            raise LeafError("not_a_list", f"FOR_EACH goes over a list, not {items.type.name}")
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
