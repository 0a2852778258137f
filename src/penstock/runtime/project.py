"""Where the parts of a pipeline project are on disk."""

from dataclasses import dataclass
from pathlib import Path

from penstock.errors import NotAProjectError

SPEC_FILE = "penstock.yml"


@dataclass(frozen=True, slots=True)
class Project:
    """A pipeline project: a folder with a `penstock.yml`."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> "Project":
        """The project in `folder`, which may also be its `penstock.yml`."""
        root = folder.parent if folder.name == SPEC_FILE else folder
        if not (root / SPEC_FILE).is_file():
            raise NotAProjectError(root.resolve())
        return cls(root.resolve())

    @property
    def spec(self) -> Path:
        """The spec, `penstock.yml`."""
        return self.root / SPEC_FILE

    @property
    def handler(self) -> Path:
        """The generated extractor."""
        return self.root / "extract" / "lambda_handler.py"

    @property
    def dbt(self) -> Path:
        """The dbt project."""
        return self.root / "dbt"

    @property
    def state(self) -> Path:
        """What Penstock remembers: generated texts, plans, run logs, the lock."""
        return self.root / ".penstock"

    @property
    def runs(self) -> Path:
        """One log and one report for each run."""
        return self.state / "runs"

    def catalog(self, dataset: str) -> Path:
        """The catalog of a dataset."""
        return self.root / "catalog" / f"{dataset}.yml"

    def plan(self, dataset: str) -> Path:
        """The normalisation plan that a dataset's tables were last built with."""
        return self.state / "plan" / f"{dataset}.json"
