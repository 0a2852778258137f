"""Every error that Penstock raises; the base class says what the caller should do.

Fix the input (`InputError`, exit 2), look at the findings (`StepFailedError`, exit 1), retry later
(`UnavailableError`, exit 4) or ask a person (`DecisionNeededError`, exit 3).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import ClassVar, Final, Literal


class PenstockError(Exception):
    """Base of all errors: a message that says what, where and what to do next."""

    exit_code: ClassVar[int] = 1


class InputError(PenstockError):
    """The caller can mend it: wrong usage or input that cannot be read."""

    exit_code = 2


class StepFailedError(PenstockError):
    """A step ran and failed; its log says why."""

    exit_code = 1


class DecisionNeededError(PenstockError):
    """A person must decide before the work can go on."""

    exit_code = 3


class UnavailableError(PenstockError):
    """A provider, network or engine failed after retries; trying again later may help."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: what is wrong, where, and what would mend it."""

    severity: Literal["error", "warning", "info"]
    code: str
    """Stable identifier such as `SPEC003`."""
    path: str
    """The place in the checked document: `datasets.events.paging`, or a file name."""
    message: str
    suggestion: str = ""
    line: int | None = None
    """Counted from 1, where the document has lines."""


SHOWN_NAMES: Final = 100
"""How many names a hint lists."""


def hint_for(name: str, known: Collection[str]) -> str:
    """A sentence that offers the closest known name, or all of them, as far as a person reads them."""
    close = get_close_matches(name, known, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    more = f" and {len(known) - SHOWN_NAMES} more" if len(known) > SHOWN_NAMES else ""
    return f"Known: {', '.join(sorted(known)[:SHOWN_NAMES])}{more}."


class UsageError(InputError):
    """A command line has a command, an option or a value that is none."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem.rstrip('.')}.\nHint: the command's --help shows how it is used.")


class FileAccessError(InputError):
    """A file or folder cannot be read or written."""

    def __init__(self, error: OSError) -> None:
        where = f"{error.filename}: " if error.filename else ""
        super().__init__(
            f"{where}{error.strerror or error}.\nHint: check that it is there, its rights, and that the disk has room."
        )
        self.path = error.filename


class UnexpectedError(PenstockError):
    """Something happened that Penstock does not know: a fault of its own."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"{type(error).__name__}: {error}\nHint: this is a fault of Penstock; report it with the lines above."
        )


class FolderNameError(InputError):
    """A folder has a name that DuckDB would take for a pattern of many names."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: files below a folder with one of * ? [ in its name cannot be read by DuckDB.\n"
            "Hint: rename the folder, or name another one as landing.url in penstock.yml."
        )
        self.folder = folder


class MissingExtraError(InputError):
    """A command needs an optional part of Penstock that is not installed."""

    def __init__(self, extra: str, needed_for: str) -> None:
        super().__init__(f"{needed_for} needs the extra {extra!r}.\nHint: pip install 'penstock[{extra}]'")
        self.extra = extra


class PathSyntaxError(InputError):
    """A path is not written as `order.lines[].sku`."""

    def __init__(self, text: str, position: int, problem: str) -> None:
        super().__init__(
            f"Invalid path {text!r} at character {position}: {problem}.\n"
            "Hint: write fields as a.b, list elements as a[].b, any key of a map as a.*; escape with a backslash."
        )
        self.text = text
        self.position = position


class NotAProjectError(InputError):
    """A folder has no `penstock.yml`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"No penstock.yml in {folder}.\n"
            "Hint: cd into a pipeline project, name its folder, or make one: penstock init NAME --url URL"
        )
        self.folder = folder


class ProjectBusyError(UnavailableError):
    """Another run works in the same project."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another run works in {folder}.\nHint: wait for it (penstock status shows it), then try again."
        )
        self.folder = folder


class LandingError(InputError):
    """A file of the landing zone is missing or damaged."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"{path}: {problem}.\n"
            "Hint: restore the file from a copy. Without one, move it away and run penstock run: the same answer on\n"
            "the same day lands again. To give a raw file up: penstock replay --accept-lost FILE (docs/faults.md)."
        )
        self.path = path
        self.problem = problem


class NotLandedError(InputError):
    """A file that is to be given up is none that the manifest says has landed."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file}: no manifest line of this pipeline says that it landed.\n"
            "Hint: name the raw file as the error about it does, or from the landing zone on: data_profile=raw/…"
        )
        self.file = file


class NotLostError(InputError):
    """A raw file that is to be given up is whole, or cannot be told from a whole one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is there, so it is not lost.\n"
            "Hint: leave out --accept-lost. With landing.envelope: inline a file cannot be held against its MD5: move\n"
            "it away first if it is damaged."
        )
        self.path = path


class RemoteLandingError(InputError):
    """A step reads the landing zone from a local folder only."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"The landing zone {url} is not a local folder; profile, load and normalise read local folders only.\n"
            "Hint: stop after the first step (penstock run --to extract), copy the landing zone into a folder,\n"
            "name the folder as landing.url in penstock.yml, then go on (penstock run --from profile)."
        )
        self.url = url


class ExtractionError(StepFailedError):
    """The extractor crashed, its settings are wrong, or it could not keep what it got."""

    def __init__(self, dataset: str, reason: str, log: Path) -> None:
        super().__init__(f"extract {dataset}: {reason}\nHint: the log is {log}.")
        self.dataset = dataset


class ProviderError(UnavailableError):
    """The provider did not give what was asked for, after all retries."""

    def __init__(self, dataset: str, reason: str, log: Path) -> None:
        super().__init__(f"extract {dataset}: {reason}\nHint: penstock run goes on where it stopped; the log is {log}.")
        self.dataset = dataset


class MissingSecretError(InputError):
    """Environment variables that the spec names for secrets are not set."""

    def __init__(self, names: Collection[str], project: Path) -> None:
        listed = ", ".join(sorted(names))
        super().__init__(
            f"Not set: {listed}.\nHint: export them, or write them into {project / '.env'} (which git ignores)."
        )
        self.names = tuple(sorted(names))


class DbtError(StepFailedError):
    """dbt did not build everything."""

    def __init__(self, failures: Collection[str], log: Path) -> None:
        listed = "\n".join(f"  {each}" for each in failures) or "  no result"
        super().__init__(f"dbt build failed:\n{listed}\nHint: the log is {log}.")
        self.failures = tuple(failures)


class WarehouseMissingError(InputError):
    """The pipeline has not made its database yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no database at {path} yet.\nHint: make it with penstock run.")
        self.path = path


class WarehouseBusyError(UnavailableError):
    """Another program has the database open, or the file cannot be opened now."""

    def __init__(self, path: Path, reason: str) -> None:
        holder = re.search(r"held in (.*) \(PID (\d+)\)", reason)
        if holder:
            problem = f"Another program has the database {path} open: {holder[1]}, process {holder[2]}"
            step = "close it, or wait until it is done, then try again; nothing is lost."
        else:
            problem = f"The database {path} cannot be opened: {reason.rstrip('.')}"
            step = "close what has it open, and see that you may read and write it; nothing is lost."
        super().__init__(f"{problem}.\nHint: {step}")
        self.path = path


class WarehouseDamagedError(StepFailedError):
    """The file of the database is not, or no longer, a whole database."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The database {path} is damaged: {reason.rstrip('.!')}.\n"
            "Hint: penstock replay moves it aside and makes all tables again from the raw files."
        )
        self.path = path


class WarehouseError(StepFailedError):
    """The database cannot do what a step asks, mostly because of a file that it reads."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The database {path} cannot do this step: {reason}\n"
            "Hint: restore the file that is named, or move the database away and start again: penstock run --from load."
        )
        self.path = path


class StorageError(UnavailableError):
    """A file cannot be written or read: the disk is full, or the folder may not be written to."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(
            f"{place}: {problem}.\n"
            "Hint: make room on the disk, or allow to write there, then run it again: nothing is lost."
        )
        self.place = place


class QueryError(InputError):
    """The database refuses a query."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}\nHint: penstock show lists the tables, penstock show TABLE their columns.")


class UnknownTableError(InputError):
    """No table, or more than one, has the name."""

    def __init__(self, name: str, known: Collection[str], *, ambiguous: bool) -> None:
        if ambiguous:
            message = f"{name!r} is the name of several tables: {', '.join(known)}.\nHint: name it with its schema."
        else:
            message = f"There is no table {name!r}.\nHint: {hint_for(name, known)}"
        super().__init__(message)
        self.name = name


class PortInUseError(InputError):
    """A server cannot listen on a port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} on this machine is taken.\nHint: choose another port; 0 takes any free one.")
        self.port = port


class UnknownVersionError(InputError):
    """The demo provider does not speak a version of the standard."""

    def __init__(self, version: str, known: Collection[str]) -> None:
        super().__init__(f"The demo provider has no version {version!r}.\nHint: {hint_for(version, known)}")
        self.version = version


class UnknownDatasetError(InputError):
    """The spec has no dataset of that name."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        super().__init__(f"Unknown dataset {name!r}.\nHint: {hint_for(name, known)}")
        self.name = name


class UnknownStepError(InputError):
    """A run has no step of that name."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        super().__init__(f"Unknown step {name!r}.\nHint: {hint_for(name, known)}")
        self.name = name


class SpecError(InputError):
    """A spec has errors; `findings` holds all of them, warnings included."""

    def __init__(self, name: str, findings: Sequence[Finding], hint: str = "") -> None:
        errors = [each for each in findings if each.severity == "error"]
        lines = [f" line {each.line}" if each.line else "" for each in errors]
        shown = [f"  {each.code}{line} {each.path}: {each.message}" for each, line in zip(errors, lines, strict=True)]
        listed = "\n".join(shown[:5])
        more = f"\n  and {len(errors) - 5} more" if len(errors) > 5 else ""  # noqa: PLR2004  # a screen's worth
        super().__init__(
            f"{name} has {len(errors)} error(s):\n{listed}{more}\nHint: {hint or f'penstock check {name}'}"
        )
        self.findings = tuple(findings)


class ScheduleError(InputError):
    """A schedule is neither in known words nor cron."""

    def __init__(self, text: str, problem: str, forms: Sequence[str]) -> None:
        listed = ", ".join(repr(each) for each in forms)
        super().__init__(f"Cannot read the schedule {text!r}: {problem}.\nHint: write {listed}. All times are UTC.")
        self.text = text
        self.problem = problem


class UnreadableDataError(InputError):
    """Data is not what its format promises: not JSON, nested too deep, no records where they should be."""

    def __init__(self, where: str, problem: str, hint: str) -> None:
        super().__init__(f"{where}: {problem}.\nHint: {hint}")
        self.where = where
        self.problem = problem


class SchemaFormatError(InputError):
    """A document does not hold a schema in a form that is known."""

    def __init__(self, at: str, problem: str, hint: str) -> None:
        super().__init__(f"Invalid schema at {at}: {problem}.\nHint: {hint}")
        self.at = at
        self.problem = problem


class DocumentFormatError(InputError):
    """A document is not what it should be: damaged, nested too deep, or of another kind."""

    def __init__(self, place: str, at: str, problem: str, hint: str) -> None:
        where = f"{place}: at {at}" if at else place
        super().__init__(f"{where}: {problem}.\nHint: {hint}")
        self.place = place
        self.at = at
        self.problem = problem


class UnknownPartError(InputError):
    """A document has no part of that name, or has several and none was named."""

    def __init__(self, document: str, part: str, known: Sequence[str]) -> None:
        problem = f"has no part {part!r}" if part else f"defines {len(known)} types, and none is named"
        listed = hint_for(part, known) if part and known else f"Known: {', '.join(known) or 'none'}."
        super().__init__(f"{document}: {problem}.\nHint: name a part after '#'. {listed}")
        self.document = document
        self.part = part
        self.known = tuple(known)


class NotARecordError(InputError):
    """A document is about a type that has no fields."""

    def __init__(self, document: str, name: str, type_name: str) -> None:
        super().__init__(
            f"{document}: {name} is a {type_name}, and a record is needed.\n"
            "Hint: name the record after '#', as in orders.json#/properties/lines/items."
        )
        self.document = document
        self.name = name


class TypeSyntaxError(InputError):
    """A type is not written as `integer`, `decimal(10,2)`, `timestamp(local)`."""

    def __init__(self, text: str, known: Collection[str]) -> None:
        super().__init__(
            f"Invalid type {text!r}.\nHint: {hint_for(text.partition('(')[0], known)} With arguments: integer(128), "
            'integer(any), decimal(10,2), timestamp(local), enum("a","b").'
        )
        self.text = text


class CatalogFormatError(InputError):
    """A catalog file does not hold a catalog in a form that is known."""

    def __init__(self, name: str, at: str, problem: str, hint: str) -> None:
        super().__init__(f"{name}: invalid at {at}: {problem}.\nHint: {hint}")
        self.name = name
        self.at = at
        self.problem = problem


class PipelineCatalogError(InputError):
    """A file that data were to be profiled into is the catalog of a pipeline."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file}: is the catalog of a pipeline, whose counts grow with each run.\n"
            "Hint: penstock replay --catalog counts it anew; or write to another file."
        )
        self.file = file


class PlanError(InputError):
    """The tables of a dataset cannot be planned."""

    def __init__(self, dataset: str, problem: str, hint: str) -> None:
        super().__init__(f"Dataset {dataset!r}: {problem}.\nHint: {hint}")
        self.dataset = dataset
        self.problem = problem


class TablesError(StepFailedError):
    """The tables of a dataset were not changed, because the result failed its tests or a file could not be read."""

    def __init__(self, dataset: str, problem: str, hint: str) -> None:
        super().__init__(f"Dataset {dataset!r}: {problem}.\nHint: {hint}")
        self.dataset = dataset
        self.problem = problem


class AnswerError(InputError):
    """An API answered something that is not data."""

    def __init__(self, place: str, problem: str, step: str) -> None:
        super().__init__(f"{place}: {problem}.\nHint: {step}.")
        self.place = place
        self.problem = problem


class ProviderBusyError(UnavailableError):
    """An API is overloaded or broken."""

    def __init__(self, place: str, status: int, said: str) -> None:
        super().__init__(
            f"{place}: status {status}{said}.\nHint: try again later, or give a saved answer: --sample FILE"
        )
        self.status = status


class FetchError(UnavailableError):
    """A call over HTTP gave no whole answer; the URL is shown without its secrets."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(
            f"{place}: {problem}.\nHint: check the address and the network, or give a saved answer: --sample FILE"
        )
        self.place = place
        self.problem = problem


class SignInNeededError(InputError):
    """An API refuses a call without a secret, or with a wrong one."""

    def __init__(self, place: str, reason: str, names: Sequence[str]) -> None:
        listed = " and ".join(names)
        super().__init__(
            f"{place}: {reason}.\nHint: export {listed} with the secret of the API, then run the same command."
        )
        self.names = tuple(names)


class ApiDescriptionError(InputError):
    """An OpenAPI description cannot be used."""

    def __init__(self, name: str, problem: str, step: str) -> None:
        super().__init__(f"{name}: {problem}.\nHint: {step}.")
        self.problem = problem


class EndpointError(InputError):
    """A dataset has no URL that could be asked."""

    def __init__(self, dataset: str, endpoint: str) -> None:
        super().__init__(
            f"The endpoint of datasets.{dataset} is no http(s) URL: {endpoint!r}.\n"
            "Hint: write the whole URL, or a path and set provider.base_url."
        )
        self.dataset = dataset


class NoDataError(InputError):
    """A source of data does not exist, is empty, or is of a kind that cannot be read."""

    def __init__(self, source: str, problem: str) -> None:
        hint = "name data files (JSON, NDJSON, CSV, Parquet), a glob in quotes, a folder, or -."
        super().__init__(f"{source!r}: {problem}.\nHint: {hint}")
        self.source = source


class UnsafePathError(InputError):
    """A pattern wants to write outside of the project."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path!r} is not a file inside of the project.\n"
            "Hint: patterns write relative paths without '..', not below .git or .penstock, and not through a link out."
        )
        self.path = path


class FileClashError(InputError):
    """A file of the project cannot be written as it should."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"Cannot write {path}: {problem}.\nHint: move or rename what is there, then run it again.")
        self.path = path


class GitMissingError(InputError):
    """Edits of a generated file cannot be merged without git."""

    def __init__(self, problem: str = "git is not installed") -> None:
        super().__init__(f"Cannot merge your edits with the new text: {problem}.\nHint: install git.")


class MissingAnswersError(InputError):
    """A pipeline cannot be set up before some things are said; `names` are the missing ones."""

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        listed = "\n".join(f"  {name}: {text}" for name, text in missing)
        super().__init__(f"More is needed to set up the pipeline:\n{listed}\nHint: give the option of the same name.")
        self.names = tuple(name for name, _ in missing)


class OptionError(InputError):
    """An option has a value that cannot be used."""

    def __init__(self, option: str, problem: str, step: str) -> None:
        super().__init__(f"{option}: {problem}.\nHint: {step}.")
        self.option = option
        self.problem = problem


class FolderTakenError(InputError):
    """A project would be written where something already is."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} exists and is not empty; nothing was written.\nHint: choose another name.")
        self.folder = folder


class MixedCatalogsError(InputError):
    """A catalog that counted only types and presence meets one that counted everything."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name or 'The catalog'}: one of the two holds only counts of types, so they do not add up."
            "\nHint: profile the data again without --counts-only."
        )


class SchemaKindError(InputError):
    """A schema is of a kind that cannot be read, or is asked for in a language that cannot be written."""

    def __init__(self, document: str, problem: str, known: Collection[str]) -> None:
        super().__init__(f"{document!r}: {problem}.\nHint: known are {', '.join(sorted(known))}.")
        self.document = document


class NotTracedError(InputError):
    """What was asked for cannot be traced to raw files."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(f"{problem}.\nHint: {hint}")
        self.problem = problem


class RowNotFoundError(InputError):
    """No row of a table has a key."""

    def __init__(self, table: str, key: Sequence[str], names: Sequence[str]) -> None:
        named = f"the key is {', '.join(names)}; " if names else "the dataset has no key; "
        super().__init__(
            f"{table} has no row {' '.join(key)!r}.\n"
            f"Hint: {named}a _row_id does, too: penstock show {table}. Rows that were set aside: penstock rejects."
        )
        self.table = table
        self.key = tuple(key)


class CaseError(InputError):
    """A case of an evaluation suite is not in its form."""

    def __init__(self, case: str, problem: str) -> None:
        super().__init__(f"The case {case} cannot be read: {problem}.\nHint: the README of the suite tells the form.")
        self.case = case
        self.problem = problem


class MappingError(InputError):
    """A mapping cannot be read, checked or written."""


class InvalidMappingError(StepFailedError):
    """A mapping has errors, so that nothing can be made of it."""

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        listed = "".join(f"\n  {each.code} at {each.path or 'the mapping'}: {each.message}" for each in findings)
        super().__init__(f"{name} has errors:{listed}\nHint: mend these fields, or take them out of the mapping.")
        self.name = name
        self.findings = tuple(findings)


class WireFormatError(MappingError):
    """A request, a response or a mapping file is not in the wire format at all."""

    def __init__(self, at: str, problem: str, hint: str) -> None:
        super().__init__(f"Not in the wire format at {at}: {problem}.\nHint: {hint}")
        self.at = at
        self.problem = problem
        self.hint = hint


class UnknownOperationError(MappingError):
    """A mapping names an operation that nobody defined."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        super().__init__(f"Unknown operation {name!r}.\nHint: {hint_for(name, known)}")
        self.name = name


class OperationClashError(MappingError):
    """Two operations have one name."""

    def __init__(self, name: str, module: str) -> None:
        super().__init__(
            f"There are two operations {name!r}; one is in {module}.\nHint: rename it, or remove the package it is of."
        )
        self.name = name


class UnsupportedOperationError(MappingError):
    """A target cannot do what a mapping asks for."""

    def __init__(self, name: str, target: str, reason: str, path: str = "", *, hint: str = "") -> None:
        where = f" at {path}" if path else ""
        told = hint or "penstock operations NAME lists the targets that do it; use one of these, or another operation."
        super().__init__(f"{name}{where} is not supported by {target}: {reason}.\nHint: {told}")
        self.name = name
        self.target = target
        self.reason = reason
        self.path = path


class DateFormatError(MappingError):
    """A date format has something that not every target can do."""

    def __init__(self, text: str, problem: str, known: Collection[str]) -> None:
        super().__init__(
            f"The date format {text!r} cannot be used: {problem}.\n"
            f"Hint: directives are {' '.join(known)}; formats with a name are iso and iso-local."
        )
        self.text = text
        self.problem = problem


class PatternError(MappingError):
    """A regular expression is none, or has something that not every target can do."""

    def __init__(self, text: str, problem: str) -> None:
        super().__init__(
            f"The pattern {text!r} cannot be used: {problem}.\n"
            "Hint: patterns have characters, . [..] \\d \\w \\s (..) (?:..) | ^ $ * + ? {m,n}; no look-around."
        )
        self.text = text
        self.problem = problem
