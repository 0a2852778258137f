"""The manifest is read in the order of time; only changes are new; a cut last line counts not."""

import json
from pathlib import Path

import pytest

from penstock.errors import FolderNameError, LandingError, RemoteLandingError
from penstock.runtime.landing import Landing, landing_root

FOLDER = "data_profile=manifest/provider_name=p/dataset_name=d/request_time=2026-11-21"


def line(time: str, md5: str, fingerprint: str = "f", outcome: str = "landed") -> str:
    return json.dumps(
        {"event": "fetch", "run": "r", "request_time": time, "outcome": outcome, "fingerprint": fingerprint, "md5": md5}
    )


def landing(root: Path, **segments: str) -> Landing:
    folder = root / FOLDER
    folder.mkdir(parents=True)
    for name, text in segments.items():
        (folder / f"{name}.ndjson").write_text(text)
    return Landing(root, "p", "d")


@pytest.mark.parametrize(
    ("lines", "after", "expected"),
    [
        pytest.param([("1", "A"), ("2", "B"), ("3", "A")], "", ["1A", "2B", "3A"], id="A-B-A are three changes"),
        pytest.param([("1", "A"), ("2", "A"), ("3", "B")], "", ["1A", "3B"], id="a repeat is no change"),
        pytest.param([("1", "A"), ("2", "A")], "1", [], id="a repeat of what was seen before is no change"),
        pytest.param([("1", "A", "f1"), ("2", "A", "f2")], "", ["1A", "2A"], id="equal pages of two questions"),
        pytest.param([("1", "A"), ("2", "x", "f", "refused")], "", ["1A"], id="what was refused does not count"),
        pytest.param([("2", "B"), ("1", "A")], "", ["1A", "2B"], id="in the order of time"),
        pytest.param([], "", [], id="nothing landed yet"),
    ],
)
def test_changes(tmp_path: Path, lines: list[tuple[str, ...]], after: str, expected: list[str]) -> None:
    text = "\n".join(line(*each) for each in lines)
    changes = landing(tmp_path, a=text + "\n").changes(after)
    assert [f"{fetch.request_time}{fetch.md5}" for fetch in changes] == expected


LOST = [
    pytest.param("A A", "1", ["2A"], id="a repeat of a lost answer is none"),
    pytest.param("A A A", "1", ["2A"], id="but the next one is"),
    pytest.param("A A A", "2", ["1A"], id="nor does a lost repeat make one of the next"),
    pytest.param("A B A", "2", ["1A", "3A"], id="that there was another answer stays known"),
]


@pytest.mark.parametrize(("answers", "lost", "expected"), LOST)
def test_what_was_given_up_is_no_change(tmp_path: Path, answers: str, lost: str, expected: list[str]) -> None:
    lines = [line(str(time), md5) for time, md5 in enumerate(answers.split(), 1)]
    lines = [json.dumps(json.loads(each) | {"page": number}) for number, each in enumerate(lines, 1)]
    lines.append(json.dumps({"event": "lost", "run": "r", "page": int(lost), "request_time": "9", "outcome": "lost"}))
    changes = landing(tmp_path, a="\n".join(lines) + "\n").changes()
    assert [f"{fetch.request_time}{fetch.md5}" for fetch in changes] == expected


def test_the_cut_last_line_of_a_process_that_died_counts_not(tmp_path: Path) -> None:
    there = landing(tmp_path, a=line("1", "A") + "\n" + line("2", "B")[:20], b=line("3", "C") + "\n")
    assert [fetch.md5 for fetch in there.changes()] == ["A", "C"]


def test_damage_in_the_middle_is_an_error_that_names_the_line(tmp_path: Path) -> None:
    there = landing(tmp_path, a="{oops\n" + line("2", "B") + "\n")
    with pytest.raises(LandingError, match=r"line 1 is not a manifest line[\s\S]*Hint"):
        list(there.lines())


def test_a_missing_page_is_an_error_that_names_it(tmp_path: Path) -> None:
    there = landing(tmp_path, a=line("1", "A") + "\n")
    (fetch,) = there.changes()
    with pytest.raises(LandingError, match="cannot be read"):
        there.read(fetch)


def test_a_remote_landing_zone_is_refused_with_a_way_on(tmp_path: Path) -> None:
    assert landing_root("landing", tmp_path) == (tmp_path / "landing").resolve()
    with pytest.raises(RemoteLandingError, match="--to extract"):
        landing_root("s3://bucket/prefix", tmp_path)


@pytest.mark.parametrize("name", ["a [b]", "st*r", "why?"])
def test_a_folder_that_duckdb_would_take_for_a_pattern_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FolderNameError, match="rename the folder"):
        landing_root("landing", tmp_path / name)
    with pytest.raises(FolderNameError):
        landing_root(f"{name}/landing", tmp_path)
