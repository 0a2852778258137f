"""Writes documents as data contracts, ODCS 3.1."""

from collections.abc import Iterator

from penstock.errors import SchemaKindError
from penstock.readers import Document, Written
from penstock.readers.losses import NOT_WRITTEN, Losses
from penstock.schema.paths import ITEM, KEY, Path
from penstock.schema.types import List, Map, Record, Type, Union


class OdcsWriter:
    """Writes data contracts; each definition is a schema of the contract."""

    language = "odcs"

    def write(self, document: Document, dialect: str = "") -> Written:
        """The contract of a document."""
        from penstock.catalog.exports.odcs import to_contract, to_odcs

        if dialect:
            raise SchemaKindError(dialect, "a data contract is written without a dialect", [])
        if document.catalog is not None:
            return Written(to_odcs(document.catalog))
        losses = Losses()
        for each in document.definitions:
            for path, told in _lost(each.type, Path((each.name,))):
                losses.lose(NOT_WRITTEN, path, told)
        name = document.main or next((each.name for each in document.definitions), "data")
        return Written(to_contract(name, {each.name: each.type for each in document.definitions}), losses.findings())


def _lost(type_: Type, path: Path) -> Iterator[tuple[Path, str]]:
    """What a contract does not hold, with its path."""
    match type_:
        case Record(fields=fields, closed=closed):
            if closed:
                yield path, "that other fields are not allowed is not written"
            for each in fields:
                if each.key and (each.optional or each.type.nullable):
                    yield path / each.name, "a key that may be missing or null is not in a contract"
                if each.default:
                    yield path / each.name, "a default is not written"
                if each.optional and not each.type.nullable:
                    yield path / each.name, "a field that may be missing may be null as well in a contract"
                yield from _lost(each.type, path / each.name)
        case List(element=element):
            yield from _lost(element, path / ITEM)
        case Map(value=value):
            yield from _lost(value, path / KEY)
        case Union():
            yield path, "the members of a union are not written"
