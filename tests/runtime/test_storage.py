"""Errors of disks and rights are told as such; others are not."""

import errno

import pytest

from penstock.runtime.storage import storage_error


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a/b.json"), "a/b.json"),
        (PermissionError(errno.EACCES, "Permission denied", "a"), "permission denied"),
        (OSError(errno.EFBIG, "File too large"), "A file"),
    ],
)
def test_matters_of_disks_and_rights(error: OSError, says: str) -> None:
    told = storage_error(error)
    assert told is not None
    assert says in str(told)
    assert "Hint: " in str(told)


@pytest.mark.parametrize("error", [FileNotFoundError(errno.ENOENT, "No such file", "a"), ConnectionError("refused")])
def test_other_errors(error: OSError) -> None:
    assert storage_error(error) is None
