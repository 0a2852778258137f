"""A new project becomes a repository with one commit, whatever git knows of the person."""

import subprocess
from pathlib import Path

import pytest

from penstock.runtime.git import first_commit, is_inside_repository

PATH = "/usr/local/bin:/usr/bin:/bin"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """One in which git knows nobody."""
    (tmp_path / "home").mkdir()
    return {"PATH": PATH, "HOME": str(tmp_path / "home"), "GIT_CONFIG_NOSYSTEM": "1"}


def log(folder: Path, environment: dict[str, str]) -> str:
    command = ["git", "log", "--format=%an: %s", "--name-only"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("known", "author"),
    [
        ({}, "Penstock"),
        (
            {
                "GIT_AUTHOR_NAME": "Ada",
                "GIT_AUTHOR_EMAIL": "ada@example.org",
                "GIT_COMMITTER_NAME": "Ada",
                "GIT_COMMITTER_EMAIL": "ada@example.org",
            },
            "Ada",
        ),
    ],
)
def test_all_files_are_committed(
    tmp_path: Path, environment: dict[str, str], known: dict[str, str], author: str
) -> None:
    folder = tmp_path / "quakes"
    folder.mkdir()
    (folder / "penstock.yml").write_text("name: quakes\n")
    assert not is_inside_repository(folder, environment)
    # A hook of git may point at the repository that the caller works in.
    assert first_commit(folder, "Begin", {**environment, **known, "GIT_DIR": str(tmp_path / "other")}) == ""
    assert log(folder, environment) == f"{author}: Begin\n\npenstock.yml\n"
    assert is_inside_repository(folder, environment)
    assert is_inside_repository(folder / "not" / "there" / "yet", environment)


def test_without_git_it_says_what_to_do(tmp_path: Path) -> None:
    nothing = {"PATH": str(tmp_path)}
    assert "install git" in first_commit(tmp_path, "Begin", nothing)
    assert not is_inside_repository(tmp_path, nothing)


def test_a_commit_that_fails_leaves_no_repository(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert "git did not make the first commit" in first_commit(folder, "Begin", environment)
    assert list(folder.iterdir()) == []
