"""Copies of catalog files that are read many times faster than YAML.

A copy holds the plain data of a text, nothing more, and is found by the MD5 of that text: whatever was edited since has
no copy. A copy that is damaged or cannot be written changes nothing but the time, because the text counts.
"""

from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from typing import Final

import msgspec

from penstock.catalog.file.document import from_document, load_document
from penstock.catalog.model import Catalog
from penstock.errors import CatalogFormatError
from penstock.files import write_whole

KEPT: Final = 3
"""Copies that are kept: of the text that was written last, and of what people made of it."""

_DIGEST: Final = 16
_UNREADABLE: Final = (OSError, ValueError, msgspec.MsgspecError, CatalogFormatError, RecursionError)
_UNWRITABLE: Final = (OSError, OverflowError, TypeError, ValueError, msgspec.MsgspecError, RecursionError)


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one catalog file."""

    folder: Path

    def load(self, text: str, name: str) -> Catalog:
        """The catalog in a YAML text, from its copy if there is one; else a copy is made.

        Raises:
            CatalogFormatError: the text is not a catalog; says where in the file `name`.
        """
        try:
            return from_document(self._read(text), name)
        except _UNREADABLE:
            document = load_document(text, name)
        catalog = from_document(document, name)
        self.keep(text, document)
        return catalog

    def keep(self, text: str, document: object) -> None:
        """Keep a copy of a text with its plain data; there is none where the format holds less than YAML does."""
        try:
            data = msgspec.msgpack.encode(document)
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (ignored := self.folder / ".gitignore").exists():
                write_whole(ignored, b"*\n")
            write_whole(self._file(text), md5(data, usedforsecurity=False).digest() + data)
            for each in sorted(self.folder.glob("*.msgpack"), key=_age)[KEPT:]:
                each.unlink(missing_ok=True)
        except _UNWRITABLE:
            return

    def _read(self, text: str) -> object:
        found = self._file(text).read_bytes()
        data = found[_DIGEST:]
        if md5(data, usedforsecurity=False).digest() != found[:_DIGEST]:
            raise ValueError(self.folder)
        return msgspec.msgpack.decode(data)

    def _file(self, text: str) -> Path:
        return self.folder / f"{md5(text.encode(), usedforsecurity=False).hexdigest()}.msgpack"


def _age(file: Path) -> float:
    return -file.stat().st_mtime
