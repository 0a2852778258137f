"""The files of the dbt project."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

from penstock.pipeline.patterns.normalise.dbt.models import model_files
from penstock.pipeline.patterns.normalise.dbt.properties import model_properties, source_properties
from penstock.pipeline.plan.model import Plan
from penstock.pipeline.spec.model import Spec

COPIED: Final = ("macros/raw_files.sql", "macros/building.sql", "macros/mark_normalised.sql")
"""Templates that are the same in every project."""


def project_files(spec: Spec, plans: Mapping[str, Plan]) -> dict[str, str]:
    """The text of every file of the dbt project, by its path in the pipeline project."""
    found = {f"dbt/{path}": _template(path) for path in COPIED}
    found["dbt/macros/landing_zone.sql"] = _render("macros/landing_zone.sql", landing=_from_dbt(spec.landing.url))
    found["dbt/dbt_project.yml"] = _render("dbt_project.yml", name=spec.name.lower(), plans=list(plans.values()))
    found["dbt/profiles.yml"] = _render(
        "profiles.yml", name=spec.name.lower(), warehouse=_from_dbt(spec.warehouse.path)
    )
    found["dbt/.gitignore"] = "target/\nlogs/\ndbt_packages/\n.user.yml\n"
    found["dbt/models/_sources.yml"] = _yaml(source_properties(spec))
    for plan in plans.values():
        found[f"dbt/models/tables/_{plan.dataset}.yml"] = _yaml(model_properties(plan))
        found |= {f"dbt/{path}": text for path, text in model_files(plan).items()}
    return found


def _from_dbt(place: str) -> str:
    """A place of the pipeline project as it is seen from the folder `dbt`, where dbt runs."""
    return place if "://" in place or place.startswith(("/", "~")) or place[1:2] == ":" else f"../{place}"


def _template(path: str) -> str:
    return files(__package__).joinpath("templates", *f"{path}.jinja".split("/")).read_text(encoding="utf-8")


def _render(path: str, **values: str | Sequence[Plan]) -> str:
    """A template whose own marks are `<< >>`, because the file that it makes is Jinja, too."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(  # noqa: S701  # YAML and SQL, not HTML
        undefined=StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(_template(path)).render(**values)


def _yaml(data: Mapping[str, Any]) -> str:
    import yaml

    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)
