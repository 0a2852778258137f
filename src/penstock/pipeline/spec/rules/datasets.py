"""Rules about a dataset's records: key, mode, cursor, paths, and datasets that depend on each other."""

from collections.abc import Iterable, Iterator

from penstock.errors import PathSyntaxError, hint_for
from penstock.pipeline.spec.document import Place
from penstock.pipeline.spec.model import CursorPaging, Dataset, NextUrlPaging, OffsetPaging, PageNumberPaging, Spec
from penstock.pipeline.spec.rules.rule import Problem, rule
from penstock.schema import Step, parse_path


@rule("SPEC101")
def mode_without_key(spec: Spec) -> Iterable[Problem]:
    """`mode: merge` and `mode: snapshot` need a key."""
    for name, dataset in spec.datasets.items():
        if dataset.mode in ("merge", "snapshot") and not dataset.key:
            message = f"Mode {dataset.mode!r} needs a key: without one no record is known again."
            yield Problem(("datasets", name, "mode"), message, "Add 'key: [id]', or use 'mode: append'.")


@rule("SPEC102")
def snapshot_with_cursor(spec: Spec) -> Iterable[Problem]:
    """A snapshot must fetch everything, so it cannot have a cursor."""
    for name, dataset in spec.datasets.items():
        if dataset.mode == "snapshot" and dataset.cursor:
            message = "A snapshot closes records that are not in the answer, but a cursor asks only for new ones."
            yield Problem(("datasets", name, "mode"), message, "Remove the cursor, or use 'mode: merge'.")


@rule("SPEC103")
def broken_paths(spec: Spec) -> Iterable[Problem]:
    """Every path can be read; key, cursor and paging paths lead to one value."""
    for name, dataset in spec.datasets.items():
        for place, text, single in _paths(dataset):
            yield from _check_path(("datasets", name, *place), text, single)


def _paths(dataset: Dataset) -> Iterator[tuple[Place, str, bool]]:
    """Place, text, and whether only one value may be there."""
    yield ("records",), dataset.records, False
    for index, path in enumerate(dataset.key):
        yield ("key", index), path, True
    if dataset.cursor:
        yield ("cursor", "path"), dataset.cursor.path, True
    if dataset.for_each:
        yield ("for_each", "path"), dataset.for_each.path, False
    match dataset.paging:
        case CursorPaging(path=path) | NextUrlPaging(path=path):
            yield ("paging", "path"), path, True
        case OffsetPaging(total_path=str(path)):
            yield ("paging", "total_path"), path, True
        case PageNumberPaging(total_pages_path=str(path)):
            yield ("paging", "total_pages_path"), path, True


def _check_path(place: Place, text: str, single: bool) -> Iterator[Problem]:
    try:
        path = parse_path(text)
    except PathSyntaxError as error:
        problem, _, hint = str(error).partition("\nHint: ")
        yield Problem(place, problem, hint)
        return
    if place[2] == "records" and any(isinstance(part, Step) for part in path.parts):
        message = f"The path {text!r} does not lead to one list or object."
        yield Problem(place, message, "Name the list itself; a whole number steps into a list, as in '1'.")
    elif single and not path.parts:
        yield Problem(place, "The path is empty.", "Name the field, such as 'id'.")
    elif single and path.is_repeated and place[2] != "paging":
        yield Problem(place, f"The path {text!r} leads to many values; one is needed.", "Name one field of the record.")


@rule("SPEC104", "warning")
def key_twice(spec: Spec) -> Iterable[Problem]:
    """A key names each path once."""
    for name, dataset in spec.datasets.items():
        for index, path in enumerate(dataset.key):
            if path in dataset.key[:index]:
                yield Problem(("datasets", name, "key", index), f"{path!r} stands twice in the key.", "Remove one.")


@rule("SPEC105")
def unknown_parent(spec: Spec) -> Iterable[Problem]:
    """`for_each` names another dataset of the same spec."""
    for name, dataset in spec.datasets.items():
        place: Place = ("datasets", name, "for_each", "dataset")
        if not dataset.for_each:
            continue
        if (parent := dataset.for_each.dataset) == name:
            yield Problem(place, "A dataset cannot be fetched for each of its own records.", "Name another dataset.")
        elif parent not in spec.datasets:
            yield Problem(place, f"There is no dataset {parent!r}.", hint_for(parent, set(spec.datasets) - {name}))


@rule("SPEC106")
def circle(spec: Spec) -> Iterable[Problem]:
    """`for_each` never leads back to where it began."""
    for name in spec.datasets:
        way, current = [name], spec.datasets[name].for_each
        while current and current.dataset in spec.datasets and current.dataset not in way:
            way.append(current.dataset)
            current = spec.datasets[current.dataset].for_each
        if current and current.dataset == name and len(way) > 1:
            message = f"The datasets wait for each other: {' -> '.join([*way, name])}."
            yield Problem(("datasets", name, "for_each"), message, "One of them must be fetched without 'for_each'.")


@rule("SPEC107")
def lines_have_no_envelope(spec: Spec) -> Iterable[Problem]:
    """An NDJSON page is a list of lines: the way to the next page stands in a line, never beside them."""
    for name, dataset in spec.datasets.items():
        for place, text, _ in _paths(dataset) if dataset.format == "ndjson" else ():
            if place[0] == "paging" and not text.startswith("[]"):
                message = f"A page of lines has no {text!r} beside its lines."
                yield Problem(("datasets", name, *place), message, "Page by number, offset or Link header.")


@rule("SPEC108", "warning")
def same_request(spec: Spec) -> Iterable[Problem]:
    """Two datasets do not ask the same question."""
    seen: dict[str, str] = {}
    for name, dataset in spec.datasets.items():
        question = dataset.model_dump_json(include={"endpoint", "method", "parameters", "body", "for_each", "records"})
        if (first := seen.setdefault(question, name)) != name:
            message = f"This dataset asks exactly what {first!r} asks."
            yield Problem(("datasets", name), message, "Remove one, or change its endpoint or parameters.")
