"""The landing zone in S3: the same files, the metadata on the objects, nothing written twice."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from tests.pipeline.patterns.extract.loopback import Call, Project, Provider, Reply, items, project_of, spec_of

KEYS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y", "AWS_DEFAULT_REGION": "eu-west-1"}


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_url: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    one = boto3.resource("s3", endpoint_url=s3_url).Bucket(f"b{abs(hash(request.node.name))}")
    one.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return one


def in_s3(project: Project, s3_url: str, place: str) -> Project:
    (project.root / "extract" / "boto3.py").unlink()
    return Project(project.root, {**project.environment, **KEYS, "AWS_ENDPOINT_URL": s3_url, "LANDING_URL": place})


def contents(bucket: Any) -> dict[str, bytes]:
    return {each.key: each.get()["Body"].read() for each in bucket.objects.all()}


def pages(call: Call) -> Reply:
    page = int(call.query["page"])
    return Reply({"data": [{"id": page, "name": "ü"}] if page < 4 else []}, wait=0.25)


def test_it_lands_pauses_goes_on_and_repeats(site: Provider, tmp_path: Path, s3_url: str, bucket: Any) -> None:
    site.answer = pages
    project = items(tmp_path, site, endpoint="items?q=ü", paging={"kind": "page_number"})
    project = in_s3(project, s3_url, f"s3://{bucket.name}/some/prefix/")
    assert project.run(RUN_SECONDS="0.6").one["outcome"] == "paused"
    result = project.run().one
    assert (result["outcome"], result["pages"] > 0) == ("complete", True)
    found = contents(bucket)
    raw = {key for key in found if "/data_profile=raw/" in key}
    assert all(key.startswith("some/prefix/data_profile=") for key in found)
    assert len(raw) == 6
    page = bucket.Object("some/prefix/" + result["files"][-1])
    sidecar = json.loads(found[page.key.replace(".json", ".metadata.json")])
    assert json.loads(found[page.key])["data"][0]["name"] == "ü"
    expected = {name.replace("_", "-"): str(value) for name, value in sidecar.items() if name != "url"}
    assert page.metadata == expected
    before = {each.key: each.last_modified for each in bucket.objects.all() if each.key in raw}
    project.run()
    assert {each.key: each.last_modified for each in bucket.objects.all() if "/data_profile=raw/" in each.key} == before
    manifest = [key for key in sorted(contents(bucket)) if "/data_profile=manifest/" in key]
    lines = [json.loads(line) for key in manifest for line in contents(bucket)[key].splitlines()]
    assert [each["outcome"] for each in lines if each["event"] == "end"] == ["paused", "complete", "complete"]
    assert [each["page"] for each in lines if each["event"] == "fetch"] == [1, 2, 3, 4, 1, 2, 3, 4]


def test_a_fan_out_and_refused_answers(site: Provider, tmp_path: Path, s3_url: str, bucket: Any) -> None:
    def answer(call: Call) -> Reply:
        if call.path == "/items":
            return Reply({"data": [{"id": 1}, {"id": 2}]})
        return Reply({"error": "ü"} if call.path.endswith("1") else {"at": call.path})

    site.answer = answer
    datasets: dict[str, dict[str, Any]] = {
        "items": {"endpoint": "items", "records": "data"},
        "detail": {"endpoint": "detail/{value}", "for_each": {"dataset": "items", "path": "id"}},
    }
    project = project_of(tmp_path, spec_of(site.url, datasets))
    result = in_s3(project, s3_url, f"s3://{bucket.name}").run()
    assert [each["statusCode"] for each in result.results] == [200, 207], result.text
    (refused,) = [key for key in contents(bucket) if key.startswith("data_profile=refused/") and key.endswith(".bin")]
    assert json.loads(contents(bucket)[refused]) == {"error": "ü"}


def test_a_bucket_that_is_not_there(site: Provider, tmp_path: Path, s3_url: str, bucket: Any) -> None:
    result = in_s3(items(tmp_path, site), s3_url, f"s3://{bucket.name}-not").run()
    assert (result.code, result.one["statusCode"]) == (1, 500)
    assert "NoSuchBucket" in result.one["reason"]
    assert not site.calls


def test_without_boto3_it_says_what_to_install(site: Provider, tmp_path: Path) -> None:
    result = items(tmp_path, site).run(LANDING_URL="s3://bucket")
    assert (result.code, result.one["statusCode"]) == (1, 500)
    assert "pip install -r requirements.txt" in result.one["reason"]
