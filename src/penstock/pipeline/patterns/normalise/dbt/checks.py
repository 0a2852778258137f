"""Checks the dbt project as it stands: it must be complete, YAML must parse, and no secret may be in the profile."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from penstock.errors import Finding

NEEDED: Final = ("dbt/dbt_project.yml", "dbt/profiles.yml", "dbt/macros/raw_files.sql")
_SECRET: Final = re.compile(r"(?im)^\s*(password|token|secret|private_key|aws_secret_access_key)\s*:\s*(?!\"?\{\{)\S")


def check_project(files: Mapping[str, str]) -> Sequence[Finding]:
    """The findings for the files below `dbt/`."""
    return list(_findings(files))


def _findings(files: Mapping[str, str]) -> Iterator[Finding]:
    import yaml

    for path in NEEDED:
        if path not in files:
            yield Finding("error", "DBT001", path, "The file is missing.", "Run `penstock build`.")
    for path, text in files.items():
        if not path.startswith("dbt/"):
            continue
        if path.endswith((".yml", ".yaml")):
            try:
                yaml.safe_load(text)
            except yaml.YAMLError as error:
                yield Finding("error", "DBT002", path, f"No valid YAML: {str(error).splitlines()[0]}")
        secret = _SECRET.search(text) if path.endswith("profiles.yml") else None
        if secret:
            line = text.count("\n", 0, secret.start(1)) + 1
            yield Finding(
                "error", "DBT003", path, f"{secret[1]} is written in the file.", "Use env_var('NAME') instead.", line
            )
