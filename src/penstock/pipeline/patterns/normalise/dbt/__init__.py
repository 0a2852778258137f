"""Writes the normalisation plan as a dbt project that runs without Penstock."""

from collections.abc import Mapping, Sequence
from typing import Final

from penstock.errors import Finding
from penstock.pipeline.patterns import Context
from penstock.pipeline.patterns.normalise.dbt.checks import check_project
from penstock.pipeline.patterns.normalise.dbt.project import project_files


class NormaliseDbt:
    """Writes the folder `dbt/`."""

    name = "normalise/dbt"

    def render(self, context: Context) -> Mapping[str, str]:
        """The dbt project for the datasets that have a plan; empty where there is none yet."""
        return project_files(context.spec, context.plans) if context.plans else {}

    def check(self, files: Mapping[str, str]) -> Sequence[Finding]:
        """What is wrong with the files below `dbt/`."""
        return check_project(files)


PATTERN: Final = NormaliseDbt()
