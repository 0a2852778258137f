"""One run at a time in a project, also across processes; a process that dies gives its lock back.

A program that a run started may outlive it (kill -9 hits only the run); until it ends, nobody else may begin.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from penstock.errors import ProjectBusyError
from penstock.runtime.process import is_held
from penstock.runtime.project import Project

GLANCE: Final = 0.5
"""Seconds: `is_locked` holds the lock for a moment, and that must not stop a run."""


def is_locked(project: Project) -> bool:
    """Whether a run works in the project now."""
    try:
        with only_run(project, wait=0):
            return False
    except ProjectBusyError:
        return True


@contextmanager
def only_run(project: Project, *, wait: float = GLANCE) -> Iterator[None]:
    """Hold the project's lock, or say after `wait` seconds that another run has it."""
    from filelock import FileLock, Timeout

    project.state.mkdir(exist_ok=True)
    lock = FileLock(project.state / "lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout as error:
        raise ProjectBusyError(project.root) from error
    try:
        if is_held(project.handler.parent) or is_held(project.dbt):
            raise ProjectBusyError(project.root)
        yield
    finally:
        lock.release()
