"""Written JSONata gives what the reference gives, on the reference engine of JSONata, in one process of Node."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.outcomes import Named, Outcome, assert_same, every_example, reference
from tests.conformance.whole import many_records, whole_mapping

from penstock.emitters import Options
from penstock.emitters.jsonata import emitter
from penstock.emitters.jsonata.written import LARGEST
from penstock.errors import UnsupportedOperationError
from penstock.mapping.operation import Operation
from penstock.mapping.typed import TypedMapping
from penstock.mapping.values import encode

HERE = Path(__file__).parent
MODULES = HERE.parents[1] / ".cache" / "node"

pytestmark = pytest.mark.slow


def run_all(jobs: Sequence[tuple[str, list[Any]]]) -> list[list[Outcome | str]]:
    """The outcomes of expressions on inputs; a text where the engine fails."""
    node = shutil.which("node")
    assert node, "Node is needed: install it (Debian: apt install nodejs npm)"
    assert (MODULES / "node_modules" / "jsonata").is_dir(), "JSONata is needed: make .cache/node/.ready (it needs npm)"
    lines = "".join(json.dumps({"expression": text, "inputs": inputs}) + "\n" for text, inputs in jobs)
    command = [node, str(HERE / "jsonata" / "run.js"), str(MODULES.resolve())]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, timeout=300)
    return [[_outcome(each) for each in json.loads(line)] for line in done.stdout.splitlines()]


def _outcome(result: dict[str, Any]) -> Outcome | str:
    if "error" in result:
        return str(result["error"])
    made = result.get("value", {})
    return Outcome(made.get("record"), [(each["path"], each["reason"]) for each in made.get("rejects", [])])


def _expression(mapping: TypedMapping) -> str | UnsupportedOperationError:
    try:
        return emitter.emit(mapping, Options()).text
    except UnsupportedOperationError as problem:
        return problem


EXAMPLES = every_example()


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome | str | UnsupportedOperationError]:
    """The outcome of every example, by its name."""
    texts = {each.name: _expression(each.case.mapping) for each in EXAMPLES}
    jobs = [(text, [_input(each)]) for each in EXAMPLES if isinstance(text := texts[each.name], str)]
    names = [each.name for each in EXAMPLES if isinstance(texts[each.name], str)]
    found = dict(zip(names, (each[0] for each in run_all(jobs)), strict=True))
    return {name: found.get(name, text) for name, text in texts.items()}


def _input(each: Named) -> Any:
    (record,) = each.case.record.values()
    return encode(record)


@pytest.mark.parametrize("each", EXAMPLES, ids=lambda each: each.name)
def test_examples(each: Named, outcomes: dict[str, Outcome | str | UnsupportedOperationError]) -> None:
    found = outcomes[each.name]
    if isinstance(found, UnsupportedOperationError):
        pytest.skip(found.reason)
    assert isinstance(found, Outcome), found
    if _has_large_integers(_input(each)) and found.rejects:
        assert found.rejects[0][1] in {"the source value does not fit 53 bits", reject_of(each.operation)}
        return
    assert_same(found, reference(each.case.mapping, each.case.record))


def reject_of(operation: Operation) -> str:
    return f"{operation.name}: {operation.rejects}"


def _has_large_integers(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_has_large_integers, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int | float) and abs(value) > LARGEST


def test_a_whole_mapping() -> None:
    whole = whole_mapping()
    plain = [each for each in many_records(400) if not _has_large_integers(each)]
    assert len(plain) > 200
    (outcomes,) = run_all([(emitter.emit(whole, Options()).text, plain)])
    for record, outcome in zip(plain, outcomes, strict=True):
        assert isinstance(outcome, Outcome), (outcome, record)
        assert_same(outcome, reference(whole, {"order": record}))
