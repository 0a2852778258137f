"""One run at a time in a project, also across processes; a process that dies gives its lock back."""

from collections.abc import Iterator
from contextlib import contextmanager

from penstock.errors import ProjectBusyError
from penstock.runtime.project import Project


def is_locked(project: Project) -> bool:
    """Whether a run works in the project now."""
    try:
        with only_run(project):
            return False
    except ProjectBusyError:
        return True


@contextmanager
def only_run(project: Project) -> Iterator[None]:
    """Hold the project's lock, or say at once who has it."""
    from filelock import FileLock, Timeout

    project.state.mkdir(exist_ok=True)
    lock = FileLock(project.state / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise ProjectBusyError(project.root) from error
    try:
        yield
    finally:
        lock.release()
