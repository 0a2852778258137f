"""Opens data files and unpacks them, whatever they are called."""

import gzip
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final, cast

from penstock.errors import MissingExtraError, UnreadableDataError

GZIP: Final = b"\x1f\x8b"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
PARQUET: Final = b"PAR1"

_READ: Final = 1 << 18


@contextmanager
def unpacked(file: str, stdin: IO[bytes] | None) -> Iterator[io.BufferedReader]:
    """The bytes of a file, or of standard input for `-`, unpacked when they are gzip or zstd.

    Raises:
        UnreadableDataError: while reading: what was packed is damaged or was cut off.
        MissingExtraError: zstd cannot be unpacked.
    """
    name = "standard input" if file == "-" else file
    if file == "-":
        yield _unpack(_buffered(stdin or sys.stdin.buffer), name)
        return
    with Path(file).open("rb") as plain, _damage(name):
        yield _unpack(plain, name)


@contextmanager
def _damage(name: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile) as error:
        problem = f"is no whole gzip or zstd file: {error}"
        raise UnreadableDataError(name, problem, "was the transfer cut off?") from None


def _buffered(stream: IO[bytes]) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))


def _unpack(packed: io.BufferedReader, name: str) -> io.BufferedReader:
    magic = packed.peek(len(ZSTD))
    if magic.startswith(GZIP):
        return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=packed)), _READ)
    if magic.startswith(ZSTD):
        return io.BufferedReader(_Zstd(packed, name), _READ)
    return packed


class _Zstd(io.RawIOBase):
    """The content of a zstd file; a file that ends too early is an error, which the library's own reader hides."""

    def __init__(self, packed: IO[bytes], name: str) -> None:
        self._packed = packed
        self._make, self._error = _zstd(name)
        self._frame = self._make()
        self._is_fresh = True
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        view = memoryview(into).cast("B")
        while not self._ready:
            if not self._unpack_more():
                return 0
        taken, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(taken)] = taken
        return len(taken)

    def _unpack_more(self) -> bool:
        rest = self._frame.unused_data if self._frame.eof else b""
        data = rest or self._packed.read(_READ)
        if not data:
            if self._is_fresh or self._frame.eof:
                return False
            raise EOFError("the last frame is not complete")
        if self._frame.eof:
            self._frame = self._make()
        self._is_fresh = False
        try:
            self._ready = self._frame.decompress(data)
        except self._error as error:
            raise EOFError(str(error)) from None
        return True


def _zstd(name: str) -> tuple[Callable[[], Any], type[Exception]]:
    """A function that makes a decompressor of one frame, and the error that it raises."""
    try:
        if sys.version_info >= (3, 14):
            zstd = import_module("compression.zstd")
            return zstd.ZstdDecompressor, zstd.ZstdError
        import zstandard
    except ImportError:
        raise MissingExtraError("zstd", f"Reading {name}") from None
    return zstandard.ZstdDecompressor().decompressobj, zstandard.ZstdError
