"""Rules about names that must stay apart: tables, folders, environment variables."""

from collections.abc import Iterable

from penstock.pipeline.spec.model import Spec
from penstock.pipeline.spec.rules.requests import auths
from penstock.pipeline.spec.rules.rule import Problem, rule
from penstock.pipeline.spec.rules.secrets import environment_names

_RESERVED = {"PATH", "HOME", "USER", "SHELL", "PWD", "LANG", "TZ", "TMPDIR", "PYTHONPATH", "PYTHONHOME"}


def endpoint_variable(provider: str, dataset: str) -> str:
    """The environment variable that holds a dataset's endpoint."""
    return f"{provider}_{dataset}_ENDPOINT"


@rule("SPEC160")
def same_place(spec: Spec) -> Iterable[Problem]:
    """Two datasets do not differ in upper and lower case only: they would share a table and a folder."""
    seen: dict[str, str] = {}
    for name in spec.datasets:
        if (first := seen.setdefault(name.lower(), name)) != name:
            message = f"{name!r} and {first!r} would land in the same place: tables do not know upper and lower case."
            yield Problem(("datasets", name), message, "Give one of them another name.")


@rule("SPEC161")
def variable_taken(spec: Spec) -> Iterable[Problem]:
    """A secret's environment variable is not one that holds an endpoint."""
    endpoints = {endpoint_variable(spec.provider.name, name).lower(): name for name in spec.datasets}
    for place, auth in auths(spec):
        for key, value in environment_names(auth).items():
            if value.lower() in endpoints:
                message = f"{value!r} already holds the endpoint of {endpoints[value.lower()]!r}."
                yield Problem((*place, key), message, "Name another environment variable.")


@rule("SPEC162")
def variable_reserved(spec: Spec) -> Iterable[Problem]:
    """A secret's environment variable is not one that the system sets."""
    for place, auth in auths(spec):
        for key, value in environment_names(auth).items():
            if value.upper() in _RESERVED or value.upper().startswith(("AWS_", "LAMBDA_", "_")):
                message = f"{value!r} is set by the system where the pipeline runs."
                yield Problem((*place, key), message, f"Choose a name such as {spec.provider.name.upper()}_TOKEN.")
