"""Files are written, written again, merged with edits, and never over them."""

import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from penstock.errors import FileClashError, Finding, GitMissingError, UnsafePathError
from penstock.pipeline.patterns import Context
from penstock.pipeline.spec.model import Spec
from penstock.pipeline.writer import WrittenFile, generated_files, write_project

SPEC = {
    "penstock": "penstock/1",
    "name": "shop",
    "provider": {"name": "acme"},
    "datasets": {"items": {"endpoint": "https://api.example.org/items"}},
}
CONTEXT = Context(Spec.model_validate(SPEC))
FIRST = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
SECOND = FIRST.replace("six", "SIX")
PATH = "extract/some.txt"


@dataclass
class Texts:
    """A pattern that writes given texts."""

    files: Mapping[str, str]
    name: str = "test/texts"

    def render(self, context: Context) -> Mapping[str, str]:
        return self.files

    def check(self, files: Mapping[str, str]) -> Sequence[Finding]:
        return []


def write(project: Path, text: str, path: str = PATH, *, dry_run: bool = False) -> WrittenFile:
    (written,) = write_project(project, CONTEXT, patterns=[Texts({path: text})], dry_run=dry_run)
    return written


def everything(project: Path) -> dict[str, bytes]:
    return {each.relative_to(project).as_posix(): each.read_bytes() for each in project.rglob("*") if each.is_file()}


# What the owner has (None: deleted; FIRST: not edited), what is written next, the status and the text that results.
MINE = FIRST.replace("two", "mine")
CASES: dict[str, tuple[str | None, str, str, str | None]] = {
    "nothing changed": (FIRST, FIRST, "unchanged", FIRST),
    "only the owner changed": (MINE, FIRST, "unchanged", MINE),
    "only we changed": (FIRST, SECOND, "updated", SECOND),
    "both, apart": (MINE, SECOND, "merged", SECOND.replace("two", "mine")),
    "both, the same": (SECOND, SECOND, "unchanged", SECOND),
    "both, in one place": (FIRST.replace("six", "mine"), SECOND, "conflict", FIRST.replace("six", "mine")),
    "the owner deleted it": (None, SECOND, "deleted", None),
    "the owner deleted it, nothing new": (None, FIRST, "deleted", None),
    "the owner emptied it": ("", SECOND, "conflict", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_the_owners_edits_are_kept(case: str, tmp_path: Path) -> None:
    mine, new, status, result = CASES[case]
    assert write(tmp_path, FIRST).status == "created"
    if mine is None:
        (tmp_path / PATH).unlink()
    else:
        (tmp_path / PATH).write_text(mine)
    before = everything(tmp_path)
    dry = write(tmp_path, new, dry_run=True)
    assert everything(tmp_path) == before
    wet = write(tmp_path, new)
    assert dry == wet
    assert wet.status == status
    assert ((tmp_path / PATH).read_text() if (tmp_path / PATH).exists() else None) == result
    assert bool(wet.diff) == (status in {"updated", "merged"})
    # Once more changes nothing, unless there is a conflict to settle.
    again = write(tmp_path, new)
    assert again.status == (status if status in {"conflict", "deleted"} else "unchanged")
    assert ((tmp_path / PATH).read_text() if (tmp_path / PATH).exists() else None) == result


def test_a_conflict_is_put_beside_and_can_be_settled(tmp_path: Path) -> None:
    write(tmp_path, FIRST)
    mine = FIRST.replace("six", "mine")
    (tmp_path / PATH).write_text(mine)
    written = write(tmp_path, SECOND)
    assert written.conflict == f".penstock/conflicts/{PATH}"
    beside = tmp_path / written.conflict
    assert beside.read_text() == SECOND
    # Settled by hand: the new text counts as known, the owner's stays.
    beside.replace(tmp_path / ".penstock/generated" / PATH)
    assert write(tmp_path, SECOND).status == "unchanged"
    assert (tmp_path / PATH).read_text() == mine
    assert write(tmp_path, SECOND.replace("one", "ONE")).status == "merged"
    assert not beside.exists()


def test_a_file_that_was_there_before_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    (tmp_path / PATH).write_text("mine")
    assert write(tmp_path, FIRST).status == "conflict"
    assert (tmp_path / PATH).read_text() == "mine"


def test_the_diff_of_a_dry_run(tmp_path: Path) -> None:
    created = write(tmp_path, "a\nb", dry_run=True)
    assert created.diff == f"--- /dev/null\n+++ b/{PATH}\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n"
    assert not list(tmp_path.iterdir())


def test_scripts_may_be_executed_and_modes_are_kept(tmp_path: Path) -> None:
    write(tmp_path, "#!/bin/sh\n", "extract/deploy.sh")
    script = tmp_path / "extract/deploy.sh"
    assert script.stat().st_mode & 0o111 == 0o111
    write(tmp_path, FIRST)
    assert not (tmp_path / PATH).stat().st_mode & stat.S_IXUSR
    (tmp_path / PATH).chmod(0o600)
    write(tmp_path, SECOND)
    assert stat.S_IMODE((tmp_path / PATH).stat().st_mode) == 0o600


def test_line_ends_and_characters_are_kept(tmp_path: Path) -> None:
    write(tmp_path, FIRST)
    (tmp_path / PATH).write_bytes(MINE.replace("mine", "mïne 😄").encode())
    assert write(tmp_path, SECOND).status == "merged"
    assert (tmp_path / PATH).read_bytes() == SECOND.replace("two", "mïne 😄").encode()
    write(tmp_path, "a\r\nb\n", "crlf.txt")
    assert (tmp_path / "crlf.txt").read_bytes() == b"a\r\nb\n"
    assert write(tmp_path, "a\r\nb\n", "crlf.txt").status == "unchanged"


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a/../../x", ".git/hooks/x", ".penstock/generated/x", "", ".", "a\\..\\x", "out/x", "link"],
)
def test_nothing_is_written_outside_of_the_project(path: str, tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    project.mkdir()
    outside.mkdir()
    (project / "out").symlink_to(outside)
    (project / "link").symlink_to(outside / "x")
    with pytest.raises(UnsafePathError, match="Hint"):
        write(project, "x", path)
    assert not list(outside.iterdir())
    assert not (project / ".penstock").exists()


def test_clashes_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileClashError, match="both write it"):
        write_project(tmp_path, CONTEXT, patterns=[Texts({"a": "1"}, "x"), Texts({"a": "2"}, "y")])
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileClashError, match="folder"):
        write(tmp_path, "x", "folder")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(FileClashError, match="UTF-8"):
        write(tmp_path, "x", "binary")
    assert not (tmp_path / ".penstock").exists()


def test_a_merge_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FIRST)
    (tmp_path / PATH).write_text(MINE)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitMissingError, match="install git"):
        write(tmp_path, SECOND)
    assert (tmp_path / PATH).read_text() == MINE


def test_all_patterns_write_a_project(tmp_path: Path) -> None:
    written = write_project(tmp_path, CONTEXT)
    assert "extract/lambda_handler.py" in {each.path for each in written}
    assert {each.status for each in written} == {"created"}
    files = generated_files(tmp_path)
    assert set(files) == {each.path for each in written}
    assert {each.status for each in write_project(tmp_path, CONTEXT)} == {"unchanged"}
    assert not [path for path in everything(tmp_path) if path.endswith(".tmp")]
