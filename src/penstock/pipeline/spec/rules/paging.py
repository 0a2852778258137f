"""Rules about paging and cursors: parameters that must belong to one master."""

import math
from collections.abc import Iterable, Iterator

from penstock.pipeline.spec.durations import parse_duration
from penstock.pipeline.spec.model import CursorPaging, Dataset, OffsetPaging, PageNumberPaging, Spec
from penstock.pipeline.spec.rules.requests import query_names
from penstock.pipeline.spec.rules.rule import Problem, rule


def paging_parameters(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """The query parameters that paging sets, each with its key under `paging`."""
    match dataset.paging:
        case PageNumberPaging(parameter=parameter, size_parameter=size):
            yield "parameter", parameter
            if size:
                yield "size_parameter", size
        case OffsetPaging(parameter=parameter, limit_parameter=limit):
            yield "parameter", parameter
            if limit:
                yield "limit_parameter", limit
        case CursorPaging(parameter=parameter):
            yield "parameter", parameter


@rule("SPEC140")
def paging_parameter_fixed(spec: Spec) -> Iterable[Problem]:
    """A parameter that paging sets is not also fixed under `parameters` or in the endpoint."""
    for name, dataset in spec.datasets.items():
        for _, parameter in paging_parameters(dataset):
            if parameter in dataset.parameters:
                yield _fixed(parameter, "datasets", name, "parameters", parameter)
            if parameter in query_names(dataset):
                yield _fixed(parameter, "datasets", name, "endpoint")


def _fixed(parameter: str, *place: str) -> Problem:
    message = f"{parameter!r} is set by paging, so a fixed value contradicts it."
    return Problem(place, message, "Remove it here; its start and size belong under 'paging'.")


@rule("SPEC141")
def cursor_parameter_fixed(spec: Spec) -> Iterable[Problem]:
    """The parameter of a cursor is not also fixed, nor used by paging."""
    for name, dataset in spec.datasets.items():
        if not dataset.cursor:
            continue
        parameter, place = dataset.cursor.parameter, ("datasets", name, "cursor", "parameter")
        if parameter in dataset.parameters or parameter in query_names(dataset):
            message = f"{parameter!r} has a fixed value as well."
            yield Problem(place, message, "Remove the fixed one; the value of the first run is 'cursor.start'.")
        if parameter in {each for _, each in paging_parameters(dataset)}:
            yield Problem(
                place, f"{parameter!r} is used by paging as well.", "Name the parameter that filters by time."
            )


@rule("SPEC146")
def look_back_unreadable(spec: Spec) -> Iterable[Problem]:
    """`cursor.look_back` is a length of time or a number above 0, and a number where the cursor is one."""
    for name, dataset in spec.datasets.items():
        back, place = dataset.cursor.look_back if dataset.cursor else None, ("datasets", name, "cursor", "look_back")
        if dataset.cursor is None or back is None:
            continue
        if isinstance(back, bool) or (
            parse_duration(back) is None if isinstance(back, str) else not 0 < back < math.inf
        ):
            yield Problem(place, f"{back!r} is no length of time.", "Write '2 days', '90 minutes', or a number.")
        elif isinstance(back, str) and isinstance(dataset.cursor.start, int):
            message = f"The cursor is a number ({dataset.cursor.start}), so it is not known what {back!r} is in it."
            yield Problem(place, message, "Write how much to take off it, as a number.")


@rule("SPEC147", "warning")
def look_back_appends(spec: Spec) -> Iterable[Problem]:
    """With `mode: append` every record that is asked for again is kept again."""
    for name, dataset in spec.datasets.items():
        if dataset.cursor and dataset.cursor.look_back is not None and dataset.writing_mode == "append":
            message = "Records that are asked for again are kept again: mode append does not know a record again."
            yield Problem(
                ("datasets", name, "cursor", "look_back"), message, "Add a key and use 'mode: merge', or remove it."
            )


@rule("SPEC148")
def until_parameter_fixed(spec: Spec) -> Iterable[Problem]:
    """The parameter of a range's end is not also fixed, nor used by paging or the cursor."""
    for name, dataset in spec.datasets.items():
        until = dataset.cursor.until_parameter if dataset.cursor else None
        if dataset.cursor is None or until is None:
            continue
        taken = {dataset.cursor.parameter, *(each for _, each in paging_parameters(dataset))}
        if until in taken or until in dataset.parameters or until in query_names(dataset):
            message = f"{until!r} is used for something else as well."
            place = ("datasets", name, "cursor", "until_parameter")
            yield Problem(place, message, "Name the parameter that takes the end of a range.")


@rule("SPEC142")
def size_without_parameter(spec: Spec) -> Iterable[Problem]:
    """A page size and the parameter that takes it belong together."""
    for name, dataset in spec.datasets.items():
        paging = dataset.paging
        if not isinstance(paging, PageNumberPaging):
            continue
        if paging.size is not None and paging.size_parameter is None:
            message = "The page size is not sent: 'size_parameter' is missing."
            yield Problem(("datasets", name, "paging", "size"), message, "Add it, such as 'size_parameter: per_page'.")
        if paging.size is None and paging.size_parameter is not None:
            message = "'size_parameter' has no value to take: 'size' is missing."
            yield Problem(("datasets", name, "paging", "size_parameter"), message, "Add it, such as 'size: 100'.")


@rule("SPEC143")
def one_parameter_for_two(spec: Spec) -> Iterable[Problem]:
    """Paging uses two different parameters for position and size."""
    for name, dataset in spec.datasets.items():
        parameters = list(paging_parameters(dataset))
        if len({each for _, each in parameters}) < len(parameters):
            message = f"{parameters[0][1]!r} cannot take both the position and the size."
            yield Problem(("datasets", name, "paging", parameters[1][0]), message, "Name two parameters.")


@rule("SPEC144", "warning")
def link_with_post(spec: Spec) -> Iterable[Problem]:
    """A link to the next page says nothing about the body of a POST."""
    for name, dataset in spec.datasets.items():
        if dataset.method == "POST" and dataset.paging.kind in ("link_header", "next_url"):
            message = "A link to the next page belongs to GET; with POST the same body is sent to it again."
            yield Problem(("datasets", name, "paging", "kind"), message, "Use GET, or a cursor or page number.")


@rule("SPEC145", "warning")
def paging_in_fan_out_snapshot(spec: Spec) -> Iterable[Problem]:
    """A snapshot that hangs on a dataset with a cursor sees only a part."""
    for name, dataset in spec.datasets.items():
        parent = spec.datasets.get(dataset.for_each.dataset) if dataset.for_each else None
        if dataset.mode == "snapshot" and parent and parent.cursor:
            message = "The other dataset asks only for what is new, so unchanged records would look vanished here."
            yield Problem(("datasets", name, "mode"), message, "Use 'mode: merge'.")
