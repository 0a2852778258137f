"""What is installed, reachable and missing on this machine, and the command that mends it."""

import importlib.metadata
import importlib.util
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from penstock.errors import InputError
from penstock.pipeline.spec.load import load_spec
from penstock.runtime.project import SPEC_FILE, Project
from penstock.runtime.wording import count

Health = Literal["ok", "missing", "optional"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    status: Health
    """`optional`: not there, and only the named commands need it."""
    found: str
    fix: str = ""


EXTRAS = (
    ("dbt-core", "pipeline", "runs the models as dbt does; without it Penstock runs the same SQL itself"),
    ("dbt-duckdb", "pipeline", "lets dbt use DuckDB"),
    ("boto3", "pipeline", "lets the extractor land in s3:// from this machine"),
)
PROGRAMS = (
    ("git", "keeps the project's history; used by penstock init", "apt-get install git, or https://git-scm.com"),
    ("node", "deploys with the Serverless Framework", "https://nodejs.org"),
)
BASE = ("duckdb", "msgspec", "pydantic", "jinja2", "httpx2", "urllib3", "typer", "rich", "PyYAML")


def diagnose(folder: Path) -> list[Check]:
    """All checks of this machine, and of the project in `folder` if there is one."""
    checks = [_python(), *(_package(name) for name in BASE)]
    checks += [_extra(*extra) for extra in EXTRAS]
    checks += [_program(*program) for program in PROGRAMS]
    if (folder / SPEC_FILE).is_file():
        checks += _project(Project.at(folder))
    return checks


def _python() -> Check:
    found = f"Python {platform.python_version()} at {sys.executable}"
    return Check("python", "ok", found)


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _package(name: str) -> Check:
    version = _version(name)
    return Check(name, "ok", version) if version else Check(name, "missing", "not installed", "pip install penstock")


def _extra(name: str, extra: str, use: str) -> Check:
    version = _version(name)
    if version:
        return Check(name, "ok", version)
    return Check(name, "optional", f"not installed; it {use}", f"pip install 'penstock[{extra}]'")


def _program(name: str, use: str, fix: str) -> Check:
    path = shutil.which(name)
    if not path:
        return Check(name, "optional", f"not found; it {use}", fix)
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=False)
    return Check(
        name, "ok", (answer.stdout or answer.stderr).strip().splitlines()[0] if answer.returncode == 0 else path
    )


def _project(project: Project) -> Iterator[Check]:
    try:
        spec = load_spec(project.spec)
    except InputError as error:
        yield Check(SPEC_FILE, "missing", str(error).splitlines()[0], f"penstock check {SPEC_FILE}")
        return
    yield Check(SPEC_FILE, "ok", f"pipeline {spec.name}, {count(len(spec.datasets), 'dataset')}")
    from penstock.errors import MissingSecretError
    from penstock.pipeline.patterns.extract.http_api.environment import secret_names
    from penstock.runtime.extractor import secrets_for

    try:
        secrets_for(project, secret_names(spec))
        yield Check("secrets", "ok", ", ".join(sorted(secret_names(spec))) or "none needed")
    except MissingSecretError as error:
        yield Check(
            "secrets", "missing", f"not set: {', '.join(error.names)}", f"write them into {project.root / '.env'}"
        )
    free = shutil.disk_usage(project.root).free
    yield Check("disk", "ok", f"{free / 1e9:.1f} GB free")
