"""The warehouse, open for writing."""

from contextlib import contextmanager
from typing import TYPE_CHECKING

from penstock.errors import StorageError, WarehouseDamagedError, WarehouseError
from penstock.runtime.duckdb_warehouse import is_full
from penstock.runtime.reopening import is_damage, opening_error
from penstock.services.look import warehouse_path
from penstock.services.steps import Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb


@contextmanager
def writing(work: Work) -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection that may write; the file is made if it is not there.

    Raises:
        WarehouseBusyError: Another program has the file open.
        WarehouseDamagedError: The file is no whole database.
        WarehouseError: The database refuses what is asked of it within the block.
    """
    import duckdb

    path = warehouse_path(work.project)
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    try:
        connection = duckdb.connect(path)
    except duckdb.Error as error:
        if is_new:
            path.unlink(missing_ok=True)  # what there is of it is no database
        if is_full(error):
            raise StorageError(str(path), str(error)) from error
        raise opening_error(path, error) from error
    try:
        yield connection
    except duckdb.Error as error:
        if is_full(error):
            raise StorageError(str(path), str(error)) from error
        if is_damage(error):
            raise WarehouseDamagedError(path, str(error)) from error
        raise WarehouseError(path, str(error)) from error
    finally:
        connection.close()
