"""The model files: one SELECT each, with what happens around it."""

from collections.abc import Iterable, Mapping

from penstock.pipeline.patterns.normalise.dbt.front import DbtFront, pretty_type
from penstock.pipeline.plan import bodies, rules
from penstock.pipeline.plan.model import Plan, Table


def model_files(plan: Plan) -> Mapping[str, str]:
    """The models and the singular test of one dataset, by path in the dbt project."""
    names = plan.names
    found = {
        f"models/staging/{names.batch}.sql": _batch(plan),
        f"models/staging/{names.staging}.sql": _staging(plan),
        f"models/staging/{names.newest}.sql": _newest(plan),
        f"models/rejects/{names.rejects}.sql": _rejects(plan),
        f"tests/counts_{plan.dataset}.sql": _counts(plan),
    }
    return found | {f"models/tables/{each.name}.sql": _table(plan, each) for each in plan.tables}


def _batch(plan: Plan) -> str:
    front = DbtFront(plan, early=True)
    return _file(
        _config(plan), front, bodies.batch_body(plan, front), "The fetches whose records go to the tables in this run."
    )


def _staging(plan: Plan) -> str:
    front = DbtFront(plan)
    page_type = pretty_type(bodies.page_type(plan))
    head = f"{_config(plan)}\n{{%- set page_type -%}}\n{front.finish(page_type)}\n{{%- endset -%}}"
    return _file(
        head, front, bodies.staging_body(plan, front), "The records of the batch, read once, each with its verdict."
    )


def _newest(plan: Plan) -> str:
    front = DbtFront(plan, early=True)
    told = "The newest record of each key in the batch." if plan.is_keyed else "The records of the batch that fit."
    return _file(_config(plan), front, bodies.newest_body(plan, front), told)


def _rejects(plan: Plan) -> str:
    front = DbtFront(plan, this=plan.names.rejects)
    before = rules.before_statements(plan, plan.names.rejects, front)
    config = _config(plan, f"alias = '{plan.dataset}'", _hook("pre_hook", front, before))
    # The hook names the batch, the body does not.
    head = f"{config}\n-- depends_on: {{{{ ref('{plan.names.batch}') }}}}"
    return _file(head, front, bodies.rejects_body(plan, front), "Records that were set aside, with the reason.")


def _table(plan: Plan, table: Table) -> str:
    front = DbtFront(plan, this=table.name)
    before = rules.before_statements(plan, table.name, front)
    after = rules.after_statements(plan, front) if table.is_root else ()
    config = _config(plan, _hook("pre_hook", front, before), _hook("post_hook", front, after, only_kept=False))
    needed = [plan.names.newest, table.parent or plan.names.rejects]
    needed += [] if plan.is_keyed else [plan.names.batch]
    depends = "\n".join(f"-- depends_on: {{{{ ref('{each}') }}}}" for each in needed)
    source = "the records" if table.is_root else f"`{table.path}`"
    body = bodies.table_body(plan, table, front)
    return _file(f"{config}\n{depends}", front, body, f"One row for each of {source}.")


def _counts(plan: Plan) -> str:
    front = DbtFront(plan)
    config = f"{{{{ config(tags = ['{plan.dataset}']) }}}}"
    told = "Every record that was read is in the table or was set aside."
    return _file(config, front, rules.counts_query(plan, front), told)


def _file(head: str, front: DbtFront, body: str, told: str) -> str:
    return f"-- {told}\n{head}\n\n{front.finish(body)}\n"


def _config(plan: Plan, *more: str) -> str:
    settings = ",\n    ".join([f"tags = ['{plan.dataset}']", *(each for each in more if each)])
    return f"{{{{ config(\n    {settings},\n) }}}}"


def _hook(name: str, front: DbtFront, statements: Iterable[str], *, only_kept: bool = True) -> str:
    """A hook that runs within the transaction of its model."""
    texts = [front.finish(each) for each in statements]
    if not texts:
        return ""
    text = ";\n".join(texts)
    return f'{name} = "{{% if is_incremental() %}}{text}{{% endif %}}"' if only_kept else f'{name} = "{text}"'
