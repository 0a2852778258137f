"""Checks of the handler's files as they stand in a project, whoever wrote them last."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping

from penstock.errors import Finding

HANDLER = "extract/lambda_handler.py"
REQUIREMENTS = "extract/requirements.txt"
ASKING_CALLS = frozenset({"request", "urlopen"})
ASKING_MODULES = frozenset({"requests", "httpx", "httpx2"})
VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "request", "stream"})
SECRET_NAME = re.compile(r"(secret|token|password|passwd|api_?key|authorization|credential)", re.IGNORECASE)
SECRET_VALUE = re.compile(
    r"(AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,}|eyJ[\w-]{10,}\.eyJ"
)
PLAIN_NAME = re.compile(r"[A-Z][A-Z0-9_]*|.*[\s{}/<>].*|.{0,7}", re.DOTALL)
"""The name of a variable, prose, a place or a short word: not a secret."""
BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{2,}.*", re.DOTALL)
REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def check_files(files: Mapping[str, str]) -> list[Finding]:
    """What is wrong with the files of the handler, by their path in the project; files elsewhere are left alone."""
    own = {path: text for path, text in files.items() if path.startswith("extract/")}
    findings = [
        Finding("error", "EXT001", path, "The file is missing.", "penstock build writes it again.")
        for path in (HANDLER, REQUIREMENTS)
        if path not in own
    ]
    for path, text in own.items():
        if path.endswith(".py"):
            findings += _check_python(path, text)
    return [*findings, *_check_requirements(own.get(REQUIREMENTS, ""))]


def _check_python(path: str, text: str) -> list[Finding]:
    try:
        tree = ast.parse(text)
    except SyntaxError as problem:
        return [Finding("error", "EXT002", path, f"It does not compile: {problem.msg}.", line=problem.lineno)]
    findings = [*_handler(path, tree)] if path == HANDLER else []
    findings += [*_late_imports(path, tree)]
    timed_pool = any(_calls(node) == "PoolManager" and _has_time_out(node) for node in ast.walk(tree))
    for node in ast.walk(tree):
        findings += [*_no_time_out(path, node)] if not timed_pool else []
        findings += [*_literal_secret(path, node), *_literal_bucket(path, node)]
    return findings


def _handler(path: str, tree: ast.Module) -> Iterator[Finding]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "lambda_handler":
            if [each.arg for each in node.args.args] != ["event", "context"]:
                yield Finding("error", "EXT003", path, "lambda_handler must take (event, context).", line=node.lineno)
            return
    yield Finding("error", "EXT003", path, "There is no function lambda_handler(event, context).")


def _calls(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _has_time_out(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and any(each.arg in {"timeout", None} for each in node.keywords)


def _no_time_out(path: str, node: ast.AST) -> Iterator[Finding]:
    if not isinstance(node, ast.Call) or _has_time_out(node):
        return
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    library = isinstance(owner, ast.Name) and owner.id in ASKING_MODULES and _calls(node) in VERBS
    if library or _calls(node) in ASKING_CALLS:
        suggestion = "Pass timeout=…, for connecting and for reading."
        yield Finding(
            "error", "EXT004", path, "A request without a time-out can wait for ever.", suggestion, node.lineno
        )


def _literal_secret(path: str, node: ast.AST) -> Iterator[Finding]:
    suggestion = "Read it from an environment variable; if it is real, revoke it."
    for name, value in _named_values(node):
        text = value.value if isinstance(value, ast.Constant) else None
        if isinstance(text, str) and SECRET_NAME.search(name) and not PLAIN_NAME.fullmatch(text):
            yield Finding("error", "EXT005", path, f"{name} looks like a literal secret.", suggestion, value.lineno)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and SECRET_VALUE.search(node.value):
        yield Finding("error", "EXT005", path, "A text looks like a literal secret.", suggestion, node.lineno)


def _named_values(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((_target(each), value) for each in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield _target(target), value
        case ast.keyword(arg=str() as name, value=value):
            yield name, value
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value
        case _:
            return


def _target(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _literal_bucket(path: str, node: ast.AST) -> Iterator[Finding]:
    suggestion = "Take the place from the environment (LANDING_URL)."
    named = isinstance(node, ast.keyword) and node.arg == "Bucket" and isinstance(node.value, ast.Constant)
    place = isinstance(node, ast.Constant) and isinstance(node.value, str) and BUCKET.fullmatch(node.value)
    if (named or place) and isinstance(node, ast.keyword | ast.Constant):
        yield Finding("error", "EXT006", path, "A bucket is hard-coded.", suggestion, node.lineno)


def _late_imports(path: str, tree: ast.Module) -> Iterator[Finding]:
    top = {id(node) for node in _top_imports(tree.body)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top:
            yield Finding("error", "EXT007", path, "An import is not at the top of the file.", line=node.lineno)


def _top_imports(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.Try):
            yield from _top_imports([*node.body, *node.orelse])
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return


def _check_requirements(text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.splitlines(), 1):
        found = REQUIREMENT.match(line.strip())
        if found and found[0].replace("-", "_") in sys.stdlib_module_names:
            message = f"{found[0]} is part of Python: nothing to install."
            yield Finding("error", "EXT008", REQUIREMENTS, message, "Take the line out.", number)
