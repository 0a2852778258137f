"""Mappings as a JSONata expression (version 2).

It gives `{"record": …}`, or `{"rejects": [{"path": …, "reason": …}]}`. Its input is a record of the source, or an
object with a record under the name of each source where there are several. Dates and timestamps are ISO 8601 text.
"""

import json
import re

from penstock.emitters import Emission, Options
from penstock.emitters.jsonata.expressions import Scope, build
from penstock.emitters.jsonata.names import Names, comment
from penstock.emitters.jsonata.written import DEFINITIONS, with_needed
from penstock.errors import Finding
from penstock.mapping.typed import TypedMapping

_INTEGERS = Finding(
    "warning",
    "JSONATA001",
    "",
    "JSONata has no exact integers beyond 9007199254740991: records with such values are rejected",
    "use another target where they occur",
)


class JsonataEmitter:
    """Writes one JSONata expression."""

    target = "jsonata"

    def emit(self, mapping: TypedMapping, options: Options) -> Emission:  # noqa: ARG002  # all emitters have options
        """A mapping as an expression."""
        names = Names()
        variables = {each.name: names.fresh(each.name) for each in mapping.sources}
        root = build(mapping.root, Scope(names, variables, frozenset(variables)))
        text = _expression(mapping, names, variables, root)
        file_name = re.sub(r"[^a-z0-9_]+", "_", mapping.name.lower()).strip("_") or "mapping"
        return Emission({f"{file_name}.jsonata": text}, (_INTEGERS,) if names.has_integers else ())


def _expression(mapping: TypedMapping, names: Names, variables: dict[str, str], root: str) -> str:
    several = len(variables) != 1
    inputs = [
        f"{variable} := $lookup($$, {json.dumps(name, ensure_ascii=False)});" if several else f"{variable} := $$;"
        for name, variable in variables.items()
    ]
    functions = [f"${each} := {DEFINITIONS[each]};" for each in with_needed(names.used)]
    title = comment(f"{mapping.name}; written by Penstock" if mapping.name else "Written by Penstock")
    made = names.fresh("made")
    result = f'$type({made}) = "function" ? {{"rejects": [$distinct({made}())]}} : {{"record": {made}}}'
    lines = (*functions, *names.definitions, *inputs, f"{made} := {root};", result)
    return "\n".join((title, "(", *(f"  {line}" for each in lines for line in each.split("\n")), ")")) + "\n"


emitter = JsonataEmitter()
