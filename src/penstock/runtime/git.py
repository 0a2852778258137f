"""Makes a new project a git repository, with the git that is installed."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_OWN_IDENTITY = ("-c", "user.name=Penstock", "-c", "user.email=penstock@localhost")
_SECONDS = 60


def is_inside_repository(folder: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the folder, or where it will be, belongs to a git repository."""
    there = next((each for each in (folder, *folder.parents) if each.is_dir()), None)
    answer = there and _git(there, environment, "rev-parse", "--is-inside-work-tree")
    return bool(answer) and answer.stdout.strip() == "true" if answer else False


def first_commit(folder: Path, message: str, environment: Mapping[str, str] = os.environ) -> str:
    """Make the folder a repository and commit all of it; empty when done, else why it was not, for a person."""
    if shutil.which("git", path=environment.get("PATH")) is None:
        return "git is not installed, so the project has no history yet. Hint: install git, then run git init in it."
    identity = () if _has_identity(folder, environment) else _OWN_IDENTITY
    steps = (
        ("-c", "init.defaultBranch=main", "init", "--quiet"),
        ("add", "--all"),
        (*identity, "-c", "commit.gpgsign=false", "commit", "--quiet", "--no-verify", "-m", message),
    )
    for step in steps:
        done = _git(folder, environment, *step)
        if done is None or done.returncode:
            said = done.stderr.strip() if done else "it could not be started in time"
            shutil.rmtree(folder / ".git", ignore_errors=True)
            return f"git did not make the first commit: {said}. Hint: run git init and git commit in the project."
    return ""


def _has_identity(folder: Path, environment: Mapping[str, str]) -> bool:
    if "GIT_AUTHOR_EMAIL" in environment and "GIT_COMMITTER_EMAIL" in environment:
        return True
    done = [_git(folder, environment, "config", key) for key in ("user.name", "user.email")]
    return all(each is not None and each.returncode == 0 for each in done)


def _git(folder: Path, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str] | None:
    """What git answers; None where there is none. A repository that the caller works in is left out of it."""
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None:
        return None
    pointing = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX")
    kept = {name: value for name, value in environment.items() if name not in pointing}
    try:
        return subprocess.run(
            [git, *arguments],
            cwd=folder,
            env=kept | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
