"""The catalog file of a dataset that a pipeline and people work on together."""

from dataclasses import dataclass, replace
from pathlib import Path

from penstock.catalog.file.copies import Copies
from penstock.catalog.file.document import load_catalog, read_text
from penstock.catalog.file.merge import Conflict, Load, adopt, merge_catalogs
from penstock.catalog.model import Catalog, FieldProfile
from penstock.catalog.personal.masking import Examples, is_personal
from penstock.files import write_whole


@dataclass(frozen=True, slots=True)
class CatalogStore:
    """A catalog file, and a copy of the text that was written last, by which edits are told."""

    file: Path
    last: Path
    copies: Copies | None = None
    """Copies that are read faster; without them only the text is read."""

    def read(self) -> Catalog | None:
        """The catalog with the decisions of people; None when there is none yet.

        Raises:
            CatalogFormatError: the file is not a catalog; says where.
        """
        if not self.file.is_file():
            return None
        return adopt(self._last_text(), read_text(self.file), str(self.file), self._load)

    def write(self, catalog: Catalog, old: Catalog | None, examples: Examples = "masked") -> tuple[Conflict, ...]:
        """Write a catalog, personal values masked, merged with what people wrote since; what did not fit.

        Args:
            catalog: with the new data.
            old: what was read before.
            examples: what is shown of values.

        Raises:
            CatalogFormatError: the file was changed and is not a catalog any more; nothing was written.
        """
        mine = read_text(self.file) if self.file.is_file() else ""
        new = _with_examples(old, catalog) if old else catalog
        merged = merge_catalogs(self._last_text(), mine, new, str(self.file), examples, self._load)
        # In this order: a copy that is behind the file is of other data, so it is not taken for the start of edits.
        write_whole(self.file, merged.text)
        write_whole(self.last, merged.text)
        if self.copies:
            self.copies.keep(merged.text, merged.document)
        return merged.conflicts

    @property
    def is_edited(self) -> bool:
        """Whether the file is not as it was written last."""
        return self.file.is_file() and read_text(self.file) != self._last_text()

    @property
    def _load(self) -> Load:
        return self.copies.load if self.copies else load_catalog

    def _last_text(self) -> str:
        try:
            return self.last.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""


def _with_examples(old: Catalog, new: Catalog) -> Catalog:
    """`new` with the masked examples of `old` at personal fields: they have no hashes, so they do not add up."""
    known = old.by_path()
    return replace(new, fields=tuple(_with_example(known.get(each.path), each) for each in new.fields))


def _with_example(old: FieldProfile | None, new: FieldProfile) -> FieldProfile:
    if old is None or not is_personal(old) or new.values.shown:
        return new
    return replace(new, values=replace(new.values, examples=old.values.examples))
