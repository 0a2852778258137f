"""Writes files whole: under a temporary name, then renamed."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, executable: bool = False) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part; its folder is made.

    A link stays a link: what it leads to is written. A file keeps its rights. What is no file, such as a pipe or
    `/dev/stdout`, is written as it is. Text is written as UTF-8, with its line ends.

    Raises:
        OSError: it cannot be written; `filename` is the path.
        UnicodeEncodeError: the text holds half of a character.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data, executable=executable)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _replace(path: Path, data: bytes, *, executable: bool) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        temporary.chmod(mode | 0o111 if executable else mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
