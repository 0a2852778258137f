"""Writes files whole: under a temporary name, then renamed."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Final

from penstock.errors import StorageError

STORAGE: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE}
)
"""What the system says when it is a matter of disks and rights, and not of the program."""


def storage_error(error: OSError) -> StorageError | None:
    """What to tell of an error of a disk or of rights; None for any other."""
    if error.errno not in STORAGE:
        return None
    return StorageError(str(error.filename or "A file"), (error.strerror or str(error)).lower())


def write_whole(path: Path, text: str) -> None:
    """Write `text` so that a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise
