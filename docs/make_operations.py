"""Writes docs/operations.md from the code of the operations; `--check` fails when the page is not current."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from penstock.mapping import all_operations
from penstock.mapping.operation import Operation
from penstock.services.operations import COLUMNS, NULLS, example_text, limits, signature, targets

PAGE = Path(__file__).with_name("operations.md")
START = """# Operations

This page is written by `make docs` from the code of the operations. `penstock operations NAME` shows one of them.
How operations stand in a mapping is told in [Mappings](mapping.md).

A value that an operation cannot handle rejects the row, on every target, unless the field has a value for rejects.
A branch of a condition that is not taken rejects nothing. What is written for Snowflake and BigQuery is parsed in the
tests and compared with texts that were looked at; it is never run there.

In the table `partly` is for values of some types; the last line is the share of operations that are not `no`.
"""


def page(operations: Sequence[Operation]) -> str:
    """The whole page."""
    gaps = {each.name: targets(each) for each in operations}
    parts = {each.name: limits(each) for each in operations}
    texts = (line for each in operations for line in manual(each))
    return "\n".join([START, *matrix(gaps, parts), *reasons(gaps, parts), *texts])


Gaps = Mapping[str, Mapping[str, str | None]]


def matrix(gaps: Gaps, parts: Gaps) -> Iterator[str]:
    """Operation by target: yes, partly or no, and the share of each target."""
    yield "## Targets\n"
    yield f"| operation | {' | '.join(COLUMNS)} |"
    yield f"|---|{'---|' * len(COLUMNS)}"
    for name, found in gaps.items():
        cells = ("no" if found[each] else "partly" if parts[name][each] else "yes" for each in COLUMNS)
        yield f"| [{name}](#{name.lower()}) | {' | '.join(cells)} |"
    counts = [sum(found[each] is None for found in gaps.values()) for each in COLUMNS]
    yield f"| {len(gaps)} operations | {' | '.join(map(str, counts))} |"
    yield f"| share | {' | '.join(f'{100 * each / len(gaps):.1f} %' for each in counts)} |"
    yield ""


def reasons(gaps: Gaps, parts: Gaps) -> Iterator[str]:
    """Each gap with its reason."""
    yield "## Gaps\n"
    yield "| operation | target | why |"
    yield "|---|---|---|"
    for name, found in gaps.items():
        for target, reason in found.items():
            if reason:
                yield f"| {name} | {target} | {cell(reason)} |"
            if part := parts[name][target]:
                yield f"| {name} | {target} | partly: {cell(part)} |"
    yield ""


def manual(operation: Operation) -> Iterator[str]:
    """One operation."""
    yield f"## {operation.name}\n"
    yield f"```text\n{signature(operation)}\n```\n"
    told = [*operation.manual.splitlines(), "", NULLS[operation.nulls]]
    if operation.rejects:
        told.append(f"A row is rejected where the value {operation.rejects}.")
    if operation.aliases:
        told.append(f"Read also as {', '.join(operation.aliases)}.")
    yield "\n".join(plain(line) for line in told)
    examples = "\n".join(example_text(operation, each) for each in operation.examples)
    yield f"\n```text\n{examples}\n```\n"


def cell(text: str) -> str:
    return plain(text).replace("|", "\\|").replace("\n", " ")


def plain(text: str) -> str:
    """A text in which nothing is a link."""
    return text.replace("](", "] (")


def main() -> int:
    text = page(list(all_operations().values()))
    if "--check" in sys.argv[1:]:
        current = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
        sys.stderr.write("" if current else f"{PAGE.name} is not what the operations say.\nHint: make docs\n")
        return int(not current)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
