"""Writes landed folders as docs/landing.md says, and says what is in them in plain Python."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path as File
from typing import Any

START = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)


class Landing:
    """A landing zone of one provider that a test fills."""

    def __init__(self, root: File, provider: str = "acme") -> None:
        self.root = root
        self.provider = provider
        self.seconds = 0

    def run(
        self,
        dataset: str,
        pages: Iterable[Any],
        *,
        name: str = "",
        outcome: str | None = "complete",
        records: str = "",
        at: float | None = None,
        suffix: str = "json",
        counts: Iterable[int] | None = None,
    ) -> str:
        """Land the pages of one run; a page is JSON data, its text, or (fingerprint, data)."""
        if at is not None:
            self.seconds = int(at)
        start = START + timedelta(seconds=self.seconds)
        run = name or f"{start:%Y%m%dT%H%M%SZ}-0000"
        known = list(counts) if counts is not None else None
        lines = []
        for number, page in enumerate(pages, 1):
            fingerprint, data = page if isinstance(page, tuple) else (f"request{number}", page)
            text = data if isinstance(data, str) else _text(data, suffix)
            count = (
                known[number - 1] if known else len(records_in(json.loads(text) if suffix == "json" else data, records))
            )
            lines.append(self._land(dataset, text, suffix, run, number, fingerprint, count))
        if outcome is not None:
            lines.append(
                {
                    "event": "end",
                    "run": run,
                    "request_time": self._now(),
                    "outcome": outcome,
                    "pages": len(lines),
                    "reason": "",
                }
            )
        folder = self._folder("manifest", dataset)
        folder.mkdir(parents=True, exist_ok=True)
        segment = len(list(folder.glob(f"{run}-*")))
        (folder / f"{run}-{segment:05}.ndjson").write_text("".join(json.dumps(each) + "\n" for each in lines))
        return run

    def _land(
        self, dataset: str, text: str, suffix: str, run: str, number: int, fingerprint: str, count: int
    ) -> dict[str, Any]:
        body = text.encode()
        digest = md5(body).hexdigest()
        folder = self._folder("raw", dataset)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{digest}.{suffix}"
        file.write_bytes(body)
        return {
            "event": "fetch",
            "run": run,
            "request_time": self._now(),
            "page": number,
            "fingerprint": fingerprint,
            "status": 200,
            "outcome": "landed",
            "md5": digest,
            "path": file.relative_to(self.root).as_posix(),
            "bytes": len(body),
            "records": count,
            "reason": "",
        }

    def _now(self) -> str:
        self.seconds += 1
        return f"{START + timedelta(seconds=self.seconds):%Y-%m-%dT%H:%M:%S.%fZ}"

    def _folder(self, profile: str, dataset: str) -> File:
        return (
            self.root
            / f"data_profile={profile}"
            / f"provider_name={self.provider}"
            / f"dataset_name={dataset}"
            / f"request_time={START:%Y-%m-%d}"
        )


def _text(data: Any, suffix: str) -> str:
    if suffix == "ndjson":
        return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in data)
    return json.dumps(data, ensure_ascii=False)


def records_in(page: Any, path: str) -> list[Any]:
    for name in path.split(".") if path else []:
        page = page[int(name)] if isinstance(page, list) else page[name]
    return page if isinstance(page, list) else [page]
