"""Tells errors of disks and rights from those of the program."""

import errno
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
