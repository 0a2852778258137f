"""The front end that spells the bodies of a plan as dbt models."""

import re
from typing import Final

from penstock.pipeline.plan.duckdb import Reader
from penstock.pipeline.plan.model import Plan

_MARKUP: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


class DbtFront:
    """Puts Jinja where the SQL depends on the project.

    Jinja is held back behind marks until `finish`, so that a field called `{{ x }}` stays text.
    """

    def __init__(self, plan: Plan, *, this: str = "", early: bool = False) -> None:
        """`this` is the model that is written, where it names itself; `early`: its tables are built after it."""
        self._plan = plan
        self._this = this
        self._early = early
        self._held: list[str] = []

    def relation(self, name: str) -> str:
        """A reference to a model, to the landing table, or to the model itself."""
        if name == "landing":
            return self._hold(f"{{{{ source('landing', '{self._plan.dataset}') }}}}")
        if name == self._this:
            return self._hold("{{ this }}")
        is_table = any(each.name == name for each in self._plan.tables)
        return self._hold(f"{{{{ {'kept' if self._early and is_table else 'ref'}('{name}') }}}}")

    def pages(self, plan: Plan, page_type: str) -> str:  # noqa: ARG002  # the model sets it as a Jinja variable
        """A call of the macro that reads raw files."""
        arguments = [
            f"ref('{plan.names.batch}')",
            "page_type",
            f"'{'newline_delimited' if plan.format == 'ndjson' else 'unstructured'}'",
            *(["exact=true"] if Reader(plan).exact else []),
        ]
        return self._hold(f"{{{{ raw_pages({', '.join(arguments)}) }}}}")

    def file_name(self, path: str) -> str:
        """The landing zone before the path of the manifest."""
        return self._hold("'{{ landing_zone() }}/'") + f" || {path}"

    def if_kept(self, text: str) -> str:
        """The text, unless the table of the records is built from nothing."""
        begin = self._hold(f"{{%- if not starts_over('{self._plan.root.name}') %}}")
        return f"{begin}{text}{self._hold('{%- endif %}')}"

    def finish(self, text: str) -> str:
        """The text as a Jinja template."""
        escaped = _MARKUP.sub(lambda found: f"{{{{ '{found[0]}' }}}}", text)
        return re.sub("\ue000([0-9]+)\ue001", lambda found: self._held[int(found[1])], escaped)

    def _hold(self, jinja: str) -> str:
        self._held.append(jinja)
        return f"\ue000{len(self._held) - 1}\ue001"


def pretty_type(text: str) -> str:
    """An SQL type with a field of a STRUCT on each line."""
    lines, depth, brackets = [""], 0, []
    tokens = re.findall(r'"(?:[^"]|"")*"|\s*STRUCT\(|[(),]|[^"(),]+?(?=\s*STRUCT\(|["(),]|$)', text)
    for token in tokens:
        if token.lstrip() == "STRUCT(":  # an SQL type
            brackets.append(True)
            depth += 1
            lines[-1] += token
            lines.append("    " * depth)
        elif token == "(":  # noqa: S105
            brackets.append(False)
            lines[-1] += token
        elif token == ")":  # noqa: S105
            if brackets.pop():
                depth -= 1
                lines.append("    " * depth)
            lines[-1] += token
        elif token == "," and brackets and brackets[-1]:  # noqa: S105
            lines[-1] += token
            lines.append("    " * depth)
        else:
            lines[-1] += token.lstrip() if not lines[-1].strip() else token
    return "\n".join(lines)
