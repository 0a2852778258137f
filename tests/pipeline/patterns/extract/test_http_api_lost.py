"""A fan-out from a dataset with a page that is gone stops, until the page is given up."""

from datetime import UTC, datetime
from pathlib import Path

from tests.pipeline.patterns.extract.loopback import Provider, Reply, project_of, spec_of

from penstock.runtime.landing import Landing
from penstock.runtime.losses import find_loss, give_up


def test_a_fan_out_leaves_out_what_was_given_up(site: Provider, tmp_path: Path) -> None:
    pages = {"1": [{"id": "a"}], "2": [{"id": "b"}]}
    site.answer = lambda call: Reply(
        {"data": pages.get(call.query["page"], []) if call.path == "/items" else [{"id": call.path}]}
    )
    datasets = {
        "items": {"endpoint": "/items", "records": "data", "paging": {"kind": "page_number"}},
        "detail": {"endpoint": "detail/{value}", "records": "data", "for_each": {"dataset": "items", "path": "id"}},
    }
    project = project_of(tmp_path, spec_of(site.url, datasets))
    assert project.run("--dataset", "items").one["outcome"] == "complete"
    lost = project.fetches("items")[0]["path"]
    (project.landing / lost).unlink()
    result = project.run("--dataset", "detail")
    assert result.code != 0
    assert "penstock replay --accept-lost" in str(result)

    loss = find_loss(Landing(project.landing, "acme", "items"), lost, has_md5=True)
    assert loss is not None
    give_up([loss], datetime.now(UTC))
    assert project.run("--dataset", "detail").one["outcome"] == "complete"
    assert [each.path for each in site.calls if "detail" in each.path] == ["/detail/b"]
