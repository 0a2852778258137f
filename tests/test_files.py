"""Files are written whole or not at all."""

import os
import stat
import threading
from pathlib import Path

import pytest

from penstock.files import write_whole


@pytest.mark.parametrize(
    ("content", "written"), [("é\r\n😄\n", "é\r\n😄\n".encode()), (b"\xff\0", b"\xff\0"), ("", b"")]
)
def test_what_is_written_is_what_was_given(tmp_path: Path, content: str | bytes, written: bytes) -> None:
    path = tmp_path / "deep" / "file.txt"
    for _ in range(2):
        write_whole(path, content)
        assert path.read_bytes() == written
    assert [each.name for each in path.parent.iterdir()] == ["file.txt"]


def test_a_file_stays_when_the_new_one_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.txt"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(path, "new")
    assert caught.value.filename == str(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("before", "executable", "after"),
    [(None, False, 0o644), (None, True, 0o755), (0o600, False, 0o600), (0o640, True, 0o751)],
)
def test_a_file_keeps_its_rights(tmp_path: Path, before: int | None, executable: bool, after: int) -> None:
    path = tmp_path / "deploy.sh"
    if before is not None:
        path.touch()
        path.chmod(before)
    write_whole(path, "echo", executable=executable)
    assert stat.S_IMODE(path.stat().st_mode) == after


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "there" / "file.txt")
    for text in ("one", "two"):
        write_whole(link, text)
        assert (tmp_path / "there" / "file.txt").read_text() == text
    assert link.is_symlink()


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, "text")
    reader.join(10)
    assert heard == [b"text"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("where", ["folder", "file.txt/below"])
def test_an_error_names_the_path(tmp_path: Path, where: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").touch()
    with pytest.raises(OSError, match=r"directory|exists") as caught:
        write_whole(tmp_path / where, "text")
    assert caught.value.filename == str(tmp_path / where)
