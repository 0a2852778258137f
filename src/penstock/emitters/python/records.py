"""Writes the fields of a record of the target as lines: one after the other, each with its own reject."""

from dataclasses import replace

from penstock.emitters.python import written
from penstock.emitters.python.expressions import failing, items, may_stop, target_value, value
from penstock.emitters.python.scope import Scope, identifier
from penstock.emitters.python.values import literal
from penstock.mapping import typed
from penstock.mapping.evaluate import reject_reason
from penstock.mapping.values import encode

MOST_BLOCKS = 3
"""Deeper loops over lists of records are functions of their own: Python allows 20 blocks in one."""


def record_lines(
    record: typed.Build, scope: Scope, name: str, *, is_written: bool = True, blocks: int = 0
) -> list[str]:
    """Lines that make a record of a name."""
    lines: list[str] = []
    locals_: list[tuple[typed.Field, str]] = []
    for each in record.fields:
        local = scope.copies.fresh(identifier(each.name))
        lines += _field(each, replace(scope, path=str(each.path)), local, is_written=is_written, blocks=blocks)
        locals_.append((each, local))
    return lines + _together(name, locals_)


def _together(name: str, fields: list[tuple[typed.Field, str]]) -> list[str]:
    """The record of its fields' values; a key is left out where the target takes no null."""
    may_lack = [each.optional and not each.type.nullable for each, _ in fields]
    sure = may_lack.index(True) if True in may_lack else len(fields)
    lines = [f"{name} = {{{', '.join(f'{each.name!r}: {local}' for each, local in fields[:sure])}}}"]
    for (each, local), lacks in zip(fields[sure:], may_lack[sure:], strict=True):
        lines += [f"if {local} is not None:"] if lacks else []
        lines += [f"{'    ' if lacks else ''}{name}[{each.name!r}] = {local}"]
    return lines


def _field(leaf: typed.Field, scope: Scope, local: str, *, is_written: bool, blocks: int) -> list[str]:
    reasons = {reject_reason(each) for each in failing(leaf.value)}
    scope = replace(scope, wrapped=len(reasons) > 1)
    made = _made(leaf, scope, local, is_written=is_written, blocks=blocks)
    comment = [f"# {_one_line(leaf.comment)}"] if leaf.comment else []
    copies = scope.copies
    if leaf.required:
        made += [f"if {local} is None:", f"    {copies.use(written.rejected)}({typed.REQUIRED_REASON!r})"]
    if leaf.required or may_stop(leaf.value):
        made = ["try:", *_indented(made), *_caught(leaf, scope, local, reasons)]
    if leaf.on_reject is None:
        return comment + made
    before = copies.fresh("before")
    fixed = leaf.on_reject.value
    default = literal(copies, encode(fixed) if is_written else fixed)
    after = [f"if len(rejects) > {before}:", f"    del rejects[{before}:]", f"    {local} = {default}"]
    return [*comment, f"{before} = len(rejects)", *made, *after]


def _caught(leaf: typed.Field, scope: Scope, local: str, reasons: set[str]) -> list[str]:
    reject, path = scope.copies.use(written.reject), str(leaf.path)
    lines = [
        f"except {scope.copies.use(written.Rejected)} as problem:",
        f"    {local} = {reject}(rejects, {path!r}, problem)",
    ]
    if len(reasons) == 1:
        lines += [
            "except (ValueError, ArithmeticError):",
            f"    {local} = {reject}(rejects, {path!r}, {next(iter(reasons))!r})",
        ]
    return lines


def _made(leaf: typed.Field, scope: Scope, local: str, *, is_written: bool, blocks: int) -> list[str]:
    node = leaf.value
    if blocks < MOST_BLOCKS and isinstance(node, typed.Build):
        return record_lines(node, scope, local, is_written=is_written, blocks=blocks + 1)
    if blocks < MOST_BLOCKS and isinstance(node, typed.ForEach) and isinstance(node.body, typed.Build) and is_written:
        return _loop(node, node.body, scope, local, blocks)
    return [f"{local} = {target_value(node, scope) if is_written else value(node, scope)}"]


def _loop(node: typed.ForEach, body: typed.Build, scope: Scope, local: str, blocks: int) -> list[str]:
    found, elements_are_raw = items(node.items, scope)
    elements, made = scope.temporary(), scope.copies.fresh("element")
    prelude: list[str] = []
    inside = replace(scope.inside(node.element, elements_are_raw, prelude), wrapped=False)
    lines = record_lines(body, inside, made, blocks=blocks + 1)
    each = inside.variables[node.element].name
    return [
        f"{elements} = {found}",
        f"{local} = None if {elements} is None else []",
        f"for {each} in {elements} or ():",
        *_indented([*prelude, *lines, f"{local}.append({made})"]),
    ]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {each}" for each in lines]


def _one_line(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
