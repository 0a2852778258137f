"""Raw files that a person gives up, found by how they are named on the command line."""

from collections.abc import Collection, Sequence
from pathlib import Path

from penstock.errors import NotLandedError
from penstock.pipeline.spec.model import Spec
from penstock.runtime.landing import Landing, landing_root
from penstock.runtime.losses import Loss, find_loss
from penstock.runtime.project import Project


def losses_of(project: Project, spec: Spec, files: Collection[Path], datasets: Sequence[str]) -> list[Loss]:
    """What is lost with each file; it is named by its path, from the project or from the landing zone on.

    Raises:
        NotLandedError: The manifests of the datasets do not name a file.
        NotLostError: A file holds what landed.
    """
    root = landing_root(spec.landing.url, project.root)
    return [_loss(project, spec, root, file, datasets) for file in files]


def _loss(project: Project, spec: Spec, root: Path, file: Path, datasets: Sequence[str]) -> Loss:
    for place in (Path.cwd(), project.root, root):
        path = (place / file).resolve()
        if not path.is_relative_to(root):
            continue
        for name in datasets:
            landing = Landing(root, spec.provider.name, name)
            loss = find_loss(landing, path.relative_to(root).as_posix(), has_md5=spec.landing.envelope != "inline")
            if loss:
                return loss
    raise NotLandedError(file)
