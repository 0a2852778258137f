"""Checks `load/landing.sql`: it must be there, and DuckDB must be able to parse it."""

from collections.abc import Sequence

from penstock.errors import Finding


def check_landing(text: str | None) -> Sequence[Finding]:
    """The findings for the text of `load/landing.sql`, None where the file is missing."""
    import duckdb

    path = "load/landing.sql"
    if text is None:
        return [Finding("error", "LOAD001", path, "The file is missing.", "Run `penstock build`.")]
    try:
        duckdb.extract_statements(text)
    except duckdb.Error as error:
        return [Finding("error", "LOAD002", path, f"DuckDB cannot parse it: {str(error).splitlines()[0]}")]
    return []
