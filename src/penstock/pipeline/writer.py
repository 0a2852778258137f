"""Writes a pipeline project's files, and never over what its owner changed.

The last generated text of each file is kept under `.penstock/generated/`. Where the owner edited a file since,
the new text is merged with it (three-way, by `git merge-file`). Where that cannot be done, the owner's file stays
and the new text is put under `.penstock/conflicts/`; moved from there to `.penstock/generated/`, it counts as settled.
"""

import difflib
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from penstock.errors import FileClashError, GitMissingError, UnsafePathError
from penstock.files import write_whole
from penstock.pipeline.patterns import Context, Pattern, all_patterns

GENERATED = ".penstock/generated"
CONFLICTS = ".penstock/conflicts"
CANNOT_MERGE = 128
"""`git merge-file` exits with the number of conflicts, or with a value from here on when it fails."""

FileStatus = Literal["created", "unchanged", "updated", "merged", "conflict", "deleted", "removed", "kept"]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What became of one file."""

    path: str
    """In the project, with `/`."""
    status: FileStatus
    """`deleted`: its owner deleted it, so it stays deleted. Of a file that is needed no more: `removed`, or
    `kept`, because its owner edited it."""
    diff: str = ""
    """What changes, as a unified diff; empty where nothing does."""
    conflict: str = ""
    """Where the new text is, when it could not be merged."""


@dataclass(frozen=True, slots=True)
class _Plan:
    path: str
    status: FileStatus
    before: str | None
    after: str | None
    """The text to write; None to leave the file alone."""
    generated: str

    @property
    def diff(self) -> str:
        if self.after is None or self.after == self.before:
            return ""
        lines = difflib.unified_diff(
            (self.before or "").splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            "/dev/null" if self.before is None else f"a/{self.path}",
            f"b/{self.path}",
        )
        return "".join(each if each.endswith("\n") else f"{each}\n\\ No newline at end of file\n" for each in lines)


def write_project(
    project: Path, context: Context, *, patterns: Iterable[Pattern] | None = None, dry_run: bool = False
) -> list[WrittenFile]:
    """Write the files of all patterns into a project; what became of each, sorted by path.

    With `dry_run` nothing is written.

    Raises:
        UnsafePathError: A pattern writes outside of the project.
        FileClashError: Two patterns write the same file, or a folder is where a file should be.
        GitMissingError: A merge is needed, but there is no git.
    """
    chosen = all_patterns() if patterns is None else patterns
    plans = [_plan(project, path, text) for path, text in sorted(_render(context, chosen).items())]
    if not dry_run:
        for plan in plans:
            _carry_out(project, plan)
    return [
        WrittenFile(each.path, each.status, each.diff, f"{CONFLICTS}/{each.path}" if each.status == "conflict" else "")
        for each in plans
    ]


def generated_files(project: Path) -> Mapping[str, str]:
    """The files that Penstock wrote, as they stand now, by path; without those that were deleted."""
    root = project / GENERATED
    paths = [each.relative_to(root).as_posix() for each in sorted(root.rglob("*")) if each.is_file()]
    return {path: text for path in paths if (text := _read(project / path)) is not None}


def remove_files(project: Path, paths: Iterable[str]) -> list[WrittenFile]:
    """Remove generated files that are needed no more; one that its owner edited stays."""
    return [_remove(project, each) for each in sorted(paths)]


def _remove(project: Path, path: str) -> WrittenFile:
    target, generated = _inside(project, path), project / GENERATED / path
    before, last = _read(target), _read(generated)
    if before is not None and before != last:
        return WrittenFile(path, "kept")
    target.unlink(missing_ok=True)
    generated.unlink(missing_ok=True)
    return WrittenFile(path, "removed")


def _render(context: Context, patterns: Iterable[Pattern]) -> dict[str, str]:
    owners: dict[str, str] = {}
    texts: dict[str, str] = {}
    for pattern in patterns:
        for path, text in pattern.render(context).items():
            if path in owners:
                raise FileClashError(path, f"the patterns {owners[path]} and {pattern.name} both write it")
            owners[path], texts[path] = pattern.name, text
    return texts


def _plan(project: Path, path: str, text: str) -> _Plan:
    target = _inside(project, path)
    before, last = _read(target), _read(project / GENERATED / path)
    if before is None:
        return _Plan(path, "created", None, text, text) if last is None else _Plan(path, "deleted", None, None, text)
    if text in {before, last}:
        # Nothing is new, or only the owner changed the file.
        return _Plan(path, "unchanged", before, None, text)
    if before == last:
        return _Plan(path, "updated", before, text, text)
    merged = None if last is None else _merge(before, last, text)
    if merged is None:
        return _Plan(path, "conflict", before, None, text)
    return _Plan(path, "merged", before, merged, text)


def _inside(project: Path, path: str) -> Path:
    parts = PurePosixPath(path)
    root = project.resolve()
    unsafe = parts.is_absolute() or not parts.parts or ".." in parts.parts or "\\" in path or "\0" in path
    if unsafe or parts.parts[0] in {".git", ".penstock"}:
        raise UnsafePathError(path)
    target = root.joinpath(*parts.parts)
    # A link in the project may lead out of it.
    if not target.parent.resolve().is_relative_to(root) or (target.is_symlink() and not _leads_into(target, root)):
        raise UnsafePathError(path)
    return target


def _leads_into(link: Path, root: Path) -> bool:
    return link.resolve().is_relative_to(root)


def _read(path: Path) -> str | None:
    try:
        # Line ends are kept as they are: a changed one would look like an edit.
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError):
        raise FileClashError(str(path), "a folder is where a file should be, or the other way round") from None
    except UnicodeDecodeError:
        raise FileClashError(str(path), "it is not UTF-8 text, so it cannot be merged") from None


def _merge(mine: str, last: str, new: str) -> str | None:
    """The three-way merge; None on a conflict."""
    with tempfile.TemporaryDirectory(prefix="penstock-") as folder:
        names = []
        for name, text in (("yours", mine), ("last", last), ("new", new)):
            file = Path(folder, name)
            file.write_bytes(text.encode())
            names.append(str(file))
        git = shutil.which("git")
        if git is None:
            raise GitMissingError
        done = subprocess.run([git, "merge-file", "-p", "-q", *names], capture_output=True, check=False)
    if done.returncode >= CANNOT_MERGE or done.returncode < 0:
        raise GitMissingError(done.stderr.decode(errors="replace").strip())
    return done.stdout.decode() if done.returncode == 0 else None


def _carry_out(project: Path, plan: _Plan) -> None:
    conflict = project / CONFLICTS / plan.path
    if plan.status == "conflict":
        _write(conflict, plan.generated)
        # The last generated text stays, so that the merge is tried again until it is settled.
        return
    if plan.after is not None:
        _write(project / plan.path, plan.after)
    if _read(project / GENERATED / plan.path) != plan.generated:
        _write(project / GENERATED / plan.path, plan.generated)
    conflict.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    write_whole(path, text, executable=path.suffix == ".sh")
