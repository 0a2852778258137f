"""Mappings as SQL: a query of plain columns and reasons, layer by layer, that never stops at a value it cannot make."""

import re

from penstock.emitters import Emission, Options
from penstock.emitters.sql.statement import write_statements
from penstock.mapping.typed import TypedMapping


class SqlEmitter:
    """Writes the query of a mapping, that of the accepted rows, and that of the rejects."""

    target = "sql"

    def emit(self, mapping: TypedMapping, options: Options) -> Emission:
        """A mapping as SQL in the dialect of the options.

        Raises:
            UnsupportedOperationError: the dialect cannot do what the mapping asks for.
        """
        written = write_statements(mapping, options)
        name = re.sub(r"[^a-z0-9_]+", "_", mapping.name.lower()).strip("_") or "mapping"
        return Emission(
            {
                f"{name}.sql": f"{written.everything}\n",
                f"{name}_accepted.sql": f"{written.accepted}\n",
                f"{name}_rejects.sql": f"{written.rejects}\n",
            }
        )


emitter = SqlEmitter()
