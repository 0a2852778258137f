"""Gives up raw files that are gone or damaged: the manifest gets a line that says so, and loses none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from penstock.errors import LandingError, NotLostError
from penstock.files import write_whole
from penstock.runtime.landing import Fetch, Landing, check_bytes

SEGMENT: Final = "%Y%m%dT%H%M%SZ-lost"
"""The name of a segment with losses; no run has such a name, so no extractor writes over it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A raw file that cannot be read any more, and the fetches that landed it."""

    landing: Landing
    file: str
    """Below the landing zone."""
    reason: str
    fetches: tuple[Fetch, ...]
    """Those that were not given up before; none where a replay that died has written the lines already."""


def find_loss(landing: Landing, file: str, *, has_md5: bool) -> Loss | None:
    """What is lost with a raw file, named from the landing zone on; None where the dataset never landed it.

    Without `has_md5` the bytes cannot be held against the name, so only a file that is gone is lost.

    Raises:
        NotLostError: The file holds what landed.
    """
    landed = [each for each in landing.landed() if each.path == file]
    if not landed:
        return None
    given_up = landing.lost()
    fetches = tuple(each for each in landed if each.place not in given_up)
    path = landing.root / file
    if not has_md5 and path.exists():
        raise NotLostError(path)
    try:
        check_bytes(path, landed[0].md5)
    except LandingError as error:
        return Loss(landing, file, error.problem, fetches)
    raise NotLostError(path)


def give_up(losses: Sequence[Loss], now: datetime) -> None:
    """Write that files are lost, one line for each fetch that landed one, then move what is left of them aside.

    From `data_profile=lost` the bytes can be looked at, and the same answer may land again in their old place.
    """
    for landing in {each.landing: None for each in losses}:
        here = [each for each in losses if each.landing == landing]
        _write(landing, [(fetch, each.reason) for each in here for fetch in each.fetches], now)
    for each in losses:
        path = each.landing.root / each.file
        if path.exists():
            aside = each.landing.root / each.file.replace("data_profile=raw", "data_profile=lost", 1)
            aside.parent.mkdir(parents=True, exist_ok=True)
            path.replace(aside)


def _write(landing: Landing, given_up: Sequence[tuple[Fetch, str]], now: datetime) -> None:
    if not given_up:
        return
    last = max(each.request_time for each in landing.lines())
    time = max(now, datetime.fromisoformat(last) + timedelta(microseconds=1)).astimezone(UTC)
    lines = [
        msgspec.structs.replace(
            fetch,
            event="lost",
            outcome="lost",
            reason=reason,
            request_time=f"{time + timedelta(microseconds=number):%Y-%m-%dT%H:%M:%S.%fZ}",
        )
        for number, (fetch, reason) in enumerate(given_up)
    ]
    folder = landing.manifest / f"request_time={time:%Y-%m-%d}"
    names = (folder / f"{time:{SEGMENT}}-{number:05}.ndjson" for number in range(1, 100_000))
    write_whole(next(each for each in names if not each.exists()), _text(lines))


def _text(lines: Sequence[Fetch]) -> str:
    return "".join(msgspec.json.encode(each).decode() + "\n" for each in lines)
