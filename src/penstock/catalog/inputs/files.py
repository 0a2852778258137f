"""Profiles data files: what is in every field, counted without sampling."""

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from penstock.catalog.evolution.renewal import recounted, uncounted
from penstock.catalog.evolution.update import settle, update
from penstock.catalog.inputs.documents import add_json
from penstock.catalog.inputs.streams import PARQUET, unpacked
from penstock.catalog.inputs.tables import add_csv, add_parquet
from penstock.catalog.model import Catalog
from penstock.catalog.personal.masking import Examples, masked
from penstock.catalog.profiling.profile import Profiler
from penstock.errors import NoDataError, UnreadableDataError
from penstock.schema import Path as DataPath
from penstock.schema import parse_path

DATA_NAMES: Final = ("*.json", "*.geojson", "*.ndjson", "*.jsonl", "*.csv", "*.tsv", "*.parquet")
"""What is data in a folder, as it is and packed."""

PACKED: Final = (".gz", ".zst")

SIDECAR: Final = ".metadata.json"

BOOKKEEPING: Final = frozenset(
    {"data_profile=state", "data_profile=manifest", "data_profile=refused", "data_profile=cleaned"}
)
"""Folders of a landing zone that hold no data."""

CSV: Final = (".csv", ".tsv")


def profile(
    sources: Sequence[str],
    *,
    name: str = "",
    records: str = "",
    counts_only: bool = False,
    examples: Examples = "masked",
    known: Catalog | None = None,
    stdin: IO[bytes] | None = None,
) -> Catalog:
    """The catalog of data, with the type of every field decided.

    NDJSON, lists of records, CSV and Parquet are read part by part, so they may be of any size; a JSON document that is
    not a list has to fit into memory.

    Args:
        sources: files (JSON, NDJSON, CSV, Parquet; `.gz` and `.zst` as well), globs, folders (their data files at any
            depth) or `-` for standard input (JSON or NDJSON). In folders and globs, what a landing zone keeps beside
            its data (sidecars, manifests, state, refused answers) is left out unless the source names it.
        name: what the catalog is called; by default after the first source.
        records: the path to the records in a document; empty: the document itself, a list of records or one record.
        counts_only: count types and presence alone, which is faster; no type is decided.
        examples: what is shown of values; personal fields are labelled in any case.
        known: an earlier catalog; what people wrote in it stays, its counts do not.
        stdin: what `-` reads; by default standard input.

    Raises:
        NoDataError: a source does not exist, or matches nothing.
        UnreadableDataError: a file is not what its name says, or has no records there; says which and where.
        MissingExtraError: a file is packed with zstd, which cannot be unpacked.
    """
    profiler, path = Profiler(name or _name(sources), counts_only=counts_only), parse_path(records)
    for file in files_of(sources):
        _add(profiler, file, path, stdin)
    catalog = profiler.catalog()
    if counts_only:
        return catalog
    return masked(recounted(update(uncounted(known), catalog), known) if known else settle(catalog), examples)


def _add(profiler: Profiler, file: str, records: DataPath, stdin: IO[bytes] | None) -> None:
    name = "standard input" if file == "-" else file
    with unpacked(file, stdin) as stream:
        if stream.peek(len(PARQUET)).startswith(PARQUET):
            if file == "-" or Path(file).suffix in PACKED:
                raise UnreadableDataError(name, "is Parquet, which is read from a file", "write it to a file first.")
            add_parquet(profiler, file)
        elif kind_of(file) in CSV:
            add_csv(profiler, stream, name)
        elif kind_of(file) == ".parquet":
            raise UnreadableDataError(name, "is not Parquet", "was it written to its end?")
        else:
            add_json(profiler, stream, records, name)


def kind_of(file: str) -> str:
    """The suffix that says what is in a file, in lower case."""
    suffixes = [each.lower() for each in Path(file).suffixes if each.lower() not in PACKED]
    return suffixes[-1] if suffixes else ""


def _name(sources: Sequence[str]) -> str:
    first = Path(sources[0])
    stem = first.name.partition(".")[0] if first.suffix else first.name
    return "".join(each if each.isalnum() else "_" for each in stem).strip("_") or "data"


def files_of(sources: Sequence[str]) -> list[str]:
    """The files that sources stand for, each once, in a stable order.

    Raises:
        NoDataError: a source does not exist, or matches nothing.
    """
    files: dict[str, None] = {}
    for source in sources:
        files.update(dict.fromkeys(_files_of(source)))
    return list(files)


def _files_of(source: str) -> list[str]:
    path = Path(source)
    if source == "-" or path.is_file():
        return [source]
    if path.is_dir():
        found = {each for pattern in DATA_NAMES for end in ("", *PACKED) for each in path.rglob(pattern + end)}
        files = sorted(str(each) for each in found if each.is_file() and not _is_hidden(each, path))
    else:
        files = sorted(each for each in _glob(source) if Path(each).is_file())
    data = [each for each in files if _is_data(each, source)]
    if not data:
        raise NoDataError(source, _nothing(is_folder=path.is_dir(), has_files=bool(files)))
    return data


def _nothing(*, is_folder: bool, has_files: bool) -> str:
    if has_files:
        return "only sidecars, manifests, state or refused answers, which are no data"
    return "a folder without data files" if is_folder else "no such file, and no match"


def _glob(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True)  # noqa: PTH207  # Path.glob takes no absolute pattern


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _is_data(file: str, source: str) -> bool:
    """Whether a file of a folder or glob is data, or what the source names itself though it is not."""
    if file.endswith(SIDECAR) and not source.endswith(SIDECAR):
        return False
    return not (BOOKKEEPING & set(Path(file).parts)) - set(Path(source).parts)
