"""Reads the landing zone's manifest (see docs/landing.md): which pages count, and which of them are new."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from penstock.errors import FolderNameError, LandingError, RemoteLandingError

PATTERN_SIGNS: Final = frozenset("*?[")
"""Of a folder with one of these DuckDB finds no files, or those of other folders."""


class Fetch(msgspec.Struct, frozen=True):
    """A manifest line: one question to the provider and what became of the answer, or that its page is given up."""

    event: str
    run: str
    request_time: str
    outcome: str
    page: int = 0
    fingerprint: str = ""
    md5: str = ""
    path: str = ""
    bytes: int = 0
    records: int = 0
    reason: str = ""
    status: int = 0

    @property
    def place(self) -> tuple[str, int, str]:
        """Tells a fetch from every other one; that which gives it up has the same."""
        return self.run, self.page, self.path


@dataclass(frozen=True, slots=True)
class Landing:
    """The landing zone of one dataset, in a local folder."""

    root: Path
    provider: str
    dataset: str

    def lines(self) -> Iterator[Fetch]:
        """Every manifest line in the order of time. The last line of a process that died may be cut: it counts not."""
        read = [fetch for segment in sorted(self._segments()) for fetch in _read(segment)]
        return iter(sorted(read, key=lambda fetch: fetch.request_time))

    def of_run(self, run: str) -> Iterator[Fetch]:
        """The manifest lines of one run, in the order of time."""
        return iter([each for segment in sorted(self._segments(f"{run}-*")) for each in _read(segment)])

    def landed(self) -> list[Fetch]:
        """The fetches that landed a page, in the order of time, those included whose page was given up since."""
        return [each for each in self.lines() if each.event == "fetch" and each.outcome == "landed"]

    def lost(self) -> frozenset[tuple[str, int, str]]:
        """The places of the fetches whose page was given up."""
        return frozenset(each.place for each in self.lines() if each.event == "lost")

    def changes(self, after: str = "") -> Iterator[Fetch]:
        """Landed pages that differ from the answer before to the same question, later than `after`.

        Of equal answers in a row the first counts whose page was not given up.
        """
        lost = self.lost()
        before: dict[str, tuple[str, bool]] = {}
        for fetch in self.landed():
            md5, is_known = before.get(fetch.fingerprint, ("", False))
            is_known = is_known and md5 == fetch.md5
            if fetch.place not in lost:
                if fetch.request_time > after and not is_known:
                    yield fetch
                is_known = True
            before[fetch.fingerprint] = fetch.md5, is_known

    def read(self, fetch: Fetch) -> bytes:
        """The bytes of a landed page."""
        return self.read_path(fetch.path)

    def read_path(self, file: str) -> bytes:
        """The bytes of a raw file, named from the landing zone on."""
        path = self.root / file
        try:
            return path.read_bytes()
        except OSError as error:
            raise LandingError(path, f"cannot be read ({error.strerror})") from error

    def has_line(self, file: str, test: Callable[[bytes], bool]) -> bool:
        """Whether some line of a raw file passes a test; the file may be larger than memory."""
        path = self.root / file
        try:
            with path.open("rb") as lines:
                return any(map(test, lines))
        except OSError as error:
            raise LandingError(path, f"cannot be read ({error.strerror})") from error

    def sidecar(self, fetch: Fetch) -> dict[str, str]:
        """What is kept beside a landed page; empty where it is gone or damaged."""
        path = self.root / fetch.path
        try:
            known = msgspec.json.decode(path.with_name(f"{path.name.partition('.')[0]}.metadata.json").read_bytes())
        except (OSError, msgspec.DecodeError):
            return {}
        return {name: str(value) for name, value in known.items()} if isinstance(known, dict) else {}

    def _segments(self, name: str = "*") -> Iterator[Path]:
        return self.manifest.glob(f"request_time=*/{name}.ndjson")

    @property
    def manifest(self) -> Path:
        """The folder of the manifest."""
        names = "data_profile=manifest", f"provider_name={self.provider}", f"dataset_name={self.dataset}"
        return self.root.joinpath(*names)


def check_bytes(path: Path, md5: str) -> None:
    """See that a raw file holds what it held when it landed, which its name says.

    Raises:
        LandingError: it is gone, or its bytes are others.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "md5").hexdigest()
    except OSError as error:
        raise LandingError(path, f"cannot be read ({error.strerror})") from error
    if found != md5:
        raise LandingError(path, f"is damaged: its bytes have the MD5 {found}, not the one in its name")


def landing_root(url: str, project: Path) -> Path:
    """The local folder of a landing zone; a remote one is refused, and one that DuckDB would take for a pattern."""
    if "://" in url:
        raise RemoteLandingError(url)
    root = (project / url).resolve()
    if set(str(root)) & PATTERN_SIGNS:
        raise FolderNameError(root)
    return root


def _read(segment: Path) -> Iterator[Fetch]:
    lines = segment.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=Fetch)
        except msgspec.DecodeError as error:
            if number == len(lines):
                return
            raise LandingError(segment, f"line {number} is not a manifest line ({error})") from error
