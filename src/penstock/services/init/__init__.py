"""Sets up a pipeline project: looks at one answer of the API, proposes a spec with its evidence, writes the project."""

from penstock.services.init.plan import plan_init
from penstock.services.init.project import Created, init, write_new_project
from penstock.services.init.request import Decision, InitRequest, Proposal, Question, answered

__all__ = [
    "Created",
    "Decision",
    "InitRequest",
    "Proposal",
    "Question",
    "answered",
    "init",
    "plan_init",
    "write_new_project",
]
