"""The rendered files: clean by the project's own rules, only what is needed, and safe from hostile values."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.patterns.extract.loopback import spec_of

from penstock.errors import EndpointError
from penstock.pipeline.patterns import Context
from penstock.pipeline.patterns.extract.http_api import PATTERN
from penstock.pipeline.patterns.extract.http_api.environment import environment_of, optional_names, secret_names
from penstock.pipeline.patterns.extract.http_api.literals import Call, Name, literal
from penstock.pipeline.spec.model import Spec

ROOT = Path(__file__).parents[4]
URL = "https://api.example.org/v1"
LONG = "a long text with words, " * 20
HOSTILE = '"""\n\'\'\'; import os; os.abort()\r\n{{ 7 * 7 }}{% raw %} {# c #}\\ \\" \u2028 é 😄 \x00 #'

PAGINGS: dict[str, dict[str, Any]] = {
    "page_number": {"kind": "page_number", "size_parameter": "n", "size": 5, "total_pages_path": "meta.pages[]"},
    "offset": {"kind": "offset", "total_path": "total"},
    "cursor": {"kind": "cursor", "path": "a.*.token"},
    "next_url": {"kind": "next_url", "path": "next"},
    "link_header": {"kind": "link_header"},
}
AUTHS: dict[str, dict[str, Any]] = {
    "bearer": {"kind": "bearer", "token_env": "TOKEN"},
    "header": {"kind": "api_key", "key_env": "TOKEN"},
    "query": {"kind": "api_key", "key_env": "TOKEN", "in": "query", "name": "token"},
    "basic": {"kind": "basic", "username_env": "WHO", "password_env": "PASSWORD"},
    "oauth2": {
        "kind": "oauth2",
        "token_url": "https://login.example.org/token",
        "scope": "a b",
        "client_id_env": "WHO",
        "client_secret_env": "PASSWORD",
    },
}
PLAIN: dict[str, Any] = {"endpoint": "items"}
DETAIL: dict[str, Any] = {"endpoint": "items/{value}", "for_each": {"dataset": "items", "path": "id"}}
LARGE_BODY = {"query": LONG, "list": [1, 2.5, None, True, {"deep": [[], {}, ["x" * 70, "y" * 70]]}]}

SPECS: dict[str, Spec] = {
    "plain": spec_of(URL, {"items": PLAIN}),
    **{f"paging {name}": spec_of(URL, {"items": {**PLAIN, "paging": each}}) for name, each in PAGINGS.items()},
    **{f"auth {name}": spec_of(URL, {"items": PLAIN}, provider={"auth": each}) for name, each in AUTHS.items()},
    **{
        f"some auth {name}": spec_of(URL, {"items": {**PLAIN, "auth": each}, "open": PLAIN})
        for name, each in AUTHS.items()
    },
    "key and records": spec_of(URL, {"items": {**PLAIN, "records": "a[].b", "key": ["id", "x.y"]}}),
    "map": spec_of(URL, {"items": {**PLAIN, "records": "rates.*"}}),
    "list and map": spec_of(URL, {"items": {**PLAIN, "records": "a[].*"}}),
    "position": spec_of(URL, {"items": {**PLAIN, "records": "1.rows"}}),
    "cursor": spec_of(URL, {"items": {**PLAIN, "cursor": {"path": "at", "parameter": "since", "start": "2020"}}}),
    "post": spec_of(URL, {"items": {**PLAIN, "method": "POST", "body": LARGE_BODY}}),
    "post with paging": spec_of(URL, {"items": {**PLAIN, "method": "POST", "paging": PAGINGS["offset"]}}),
    "lines": spec_of(URL, {"items": {**PLAIN, "format": "ndjson"}, "other": PLAIN}),
    "inline": spec_of(URL, {"items": PLAIN}, landing={"envelope": "inline"}),
    "inline lines": spec_of(URL, {"items": {**PLAIN, "format": "ndjson"}}, landing={"envelope": "inline"}),
    "fan-out": spec_of(URL, {"items": PLAIN, "detail": DETAIL}),
    "fan-out with paging": spec_of(URL, {"items": PLAIN, "detail": {**DETAIL, "paging": PAGINGS["next_url"]}}),
    "fan-out of lines": spec_of(
        URL, {"items": {**PLAIN, "format": "ndjson"}, "detail": DETAIL}, landing={"envelope": "inline"}
    ),
    "limits": spec_of(
        URL,
        {"items": {**PLAIN, "time_outs": {"connect": 1, "read": 2.5}}},
        provider={"rate_limit": {"calls": 5}, "retries": 0},
    ),
    "long texts": spec_of(
        URL, {"items": {**PLAIN, "parameters": {"q": LONG, "z" * 90: 1}, "headers": {"X-Token": "n"}}}
    ),
    "hostile": spec_of(
        URL,
        {"items": {**PLAIN, "parameters": {HOSTILE: HOSTILE}, "method": "POST", "body": {HOSTILE: [HOSTILE]}}},
        provider={"auth": {"kind": "api_key", "key_env": "TOKEN", "name": HOSTILE}},
        description=HOSTILE,
    ),
    "everything": spec_of(
        URL,
        {
            **{f"by_{name}": {**PLAIN, "paging": each, "key": ["id"]} for name, each in PAGINGS.items()},
            **{f"for_{name}": {**PLAIN, "auth": each, "format": "ndjson"} for name, each in AUTHS.items()},
            "post": {**PLAIN, "method": "POST", "body": LARGE_BODY, "records": "a[].*"},
            "items": {**PLAIN, "cursor": {"path": "at", "parameter": "since"}},
            "detail": {**DETAIL, "paging": PAGINGS["cursor"]},
        },
        provider={"rate_limit": {"calls": 1, "per_seconds": 0.1}},
        landing={"envelope": "inline"},
    ),
}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rendered")
    for number, spec in enumerate(SPECS.values()):
        for path, text in PATTERN.render(Context(spec)).items():
            file = root / str(number) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    return root


def run(*command: str, cwd: Path = ROOT) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.slow
def test_they_keep_the_rules_of_the_project(rendered: Path) -> None:
    config = str(ROOT / "pyproject.toml")
    assert run("ruff", "check", "--no-cache", "--config", config, str(rendered)) == ""
    assert run("ruff", "format", "--no-cache", "--config", config, "--diff", str(rendered)) == ""


# Those that differ in types; a run of mypy takes seconds.
TYPED = [
    *[
        "plain",
        "everything",
        "key and records",
        "list and map",
        "position",
        "cursor",
        "post with paging",
        "inline lines",
    ],
    *["fan-out", "fan-out with paging", "fan-out of lines", "paging page_number", "paging link_header"],
    *["auth query", "auth oauth2", "some auth basic", "limits"],
]


@pytest.mark.slow
@pytest.mark.parametrize("case", TYPED)
def test_they_are_typed(case: str, rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = tmp_path_factory.getbasetemp() / "mypy"
    folder = rendered / str(list(SPECS).index(case)) / "extract"
    assert run("mypy", "--strict", "--config-file=", "--cache-dir", str(cache), ".", cwd=folder) == ""


@pytest.mark.parametrize("case", SPECS)
def test_the_checks_of_the_pattern_find_nothing(case: str) -> None:
    files = PATTERN.render(Context(SPECS[case]))
    assert list(PATTERN.check(files)) == []
    assert len([path for path in files if path.endswith(".py")]) == 3


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("LinkHeader", "paging link_header"),
        ("NextUrl", "paging next_url"),
        ("PageNumber", "paging page_number"),
        ("OAuth2", "auth oauth2"),
        ("RateLimit", "limits"),
        ("ForEach", "fan-out"),
        ("POST", "post"),
        ("ndjson", "lines"),
        ("Cursor", "cursor"),
        ("with_metadata", "inline"),
    ],
)
def test_only_the_code_that_is_needed_is_written(word: str, case: str) -> None:
    def code(name: str) -> str:
        files = PATTERN.render(Context(SPECS[name]))
        return "".join(text for path, text in files.items() if path.endswith(("r.py", "asking.py"))) + (
            files["extract/landing.py"] if word == "with_metadata" else ""
        )

    assert word in code(case)
    assert word not in code("plain").replace("application/x-ndjson", "").replace("client.send", "")


def test_hostile_values_stay_values() -> None:
    files = PATTERN.render(Context(SPECS["hostile"]))
    tree = ast.parse(files["extract/lambda_handler.py"])
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    # Long texts are joined from pieces.
    assert any(HOSTILE.startswith(str(each)) and len(str(each)) > 40 for each in texts)
    assert "49" not in files["extract/lambda_handler.py"].split("DATASETS")[1].split("def ")[0]
    plain = ast.parse(PATTERN.render(Context(SPECS["post"]))["extract/lambda_handler.py"])
    calls = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    known = {node.func.id for node in ast.walk(plain) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert set(calls) - known == {"HeaderKey"}
    # The sample settings and the prose are one line for each thing.
    for line in files["extract/.env.template"].splitlines():
        assert not line or line.startswith("#") or "=" in line


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a'b",
        'a"b',
        "a'\"b",
        "\\",
        HOSTILE,
        LONG,
        LONG + HOSTILE,
        0,
        -1.5,
        1e300,
        None,
        True,
        (),
        ("a",),
        ("a", ("b", 1)),
    ],
)
def test_a_literal_gives_its_value_back(value: object) -> None:
    # Long texts are joined from pieces.
    assert eval(literal(value)) == value


def test_a_literal_of_data() -> None:
    value = {"a": [1, {"b": LONG}], HOSTILE: []}
    assert eval(literal(value)) == value
    assert literal(Call("F", {"x": (Name("ITEM"), "y")})) == 'F(\n    x=(ITEM, "y"),\n)'


def test_the_environment_has_what_the_handler_reads(tmp_path: Path) -> None:
    datasets: dict[str, dict[str, Any]] = {
        "items": {"endpoint": "/items"},
        "whole": {"endpoint": "https://other.example/x"},
        "links": {"endpoint": "{value}", "for_each": {"dataset": "items", "path": "url"}},
        "detail": {"endpoint": "d/{value}", "for_each": {"dataset": "items", "path": "id"}, "auth": AUTHS["basic"]},
    }
    spec = spec_of(URL, datasets, provider={"auth": AUTHS["bearer"]})
    assert environment_of(spec, tmp_path) == {
        "acme_items_ENDPOINT": f"{URL}/items",
        "acme_whole_ENDPOINT": "https://other.example/x",
        "acme_links_ENDPOINT": URL,
        "acme_detail_ENDPOINT": URL + "/d/{value}",
        "LANDING_URL": str(tmp_path.resolve() / "landing"),
    }
    assert secret_names(spec) == {"TOKEN", "WHO", "PASSWORD"}
    assert optional_names(spec) == frozenset()
    cloud = spec_of(URL, datasets, landing={"url": "s3://b/p"})
    assert environment_of(cloud, tmp_path)["LANDING_URL"] == "s3://b/p"
    assert "AWS_ENDPOINT_URL" in optional_names(cloud)


def test_an_endpoint_without_a_host_is_an_error(tmp_path: Path) -> None:
    document = {"penstock": "penstock/1", "name": "x", "provider": {"name": "acme"}, "datasets": {"items": PLAIN}}
    with pytest.raises(EndpointError, match=r"datasets\.items"):
        environment_of(Spec.model_validate(document), tmp_path)


def test_the_sample_settings_hold_no_secret_and_explain_each_variable() -> None:
    text = PATTERN.render(Context(SPECS["everything"]))["extract/.env.template"]
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            assert lines[number - 1].startswith("#")
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert {name for name, value in values.items() if value} == {name for name in values if name.endswith("_ENDPOINT")}
    assert {"TOKEN", "WHO", "PASSWORD", "LANDING_URL", "RUN_SECONDS"} <= set(values)


GOOD = "def lambda_handler(event, context):\n    return {}\n"
WRONG: dict[str, tuple[str, str]] = {
    "does not compile": ("EXT002", "def f(:\n"),
    "no handler": ("EXT003", "x = 1\n"),
    "other parameters": ("EXT003", "def lambda_handler(event):\n    return {}\n"),
    "no time-out": ("EXT004", f"import urllib3\nurllib3.PoolManager().request('GET', 'x')\n{GOOD}"),
    "no time-out in requests": ("EXT004", f"import requests\nrequests.get('x')\n{GOOD}"),
    "no time-out in urlopen": ("EXT004", f"from urllib.request import urlopen\nurlopen('x')\n{GOOD}"),
    "a secret": ("EXT005", f"API_KEY = 'a8d7f6g5h4j3'\n{GOOD}"),
    "a secret in a header": ("EXT005", f"x = {{'Authorization': 'Bearer-a8d7f6g5h4j3'}}\n{GOOD}"),
    "a secret by its form": ("EXT005", f"x = 'AKIAIOSFODNN7EXAMPLE'\n{GOOD}"),
    "a bucket": ("EXT006", f"x = 's3://my-bucket/raw'\n{GOOD}"),
    "a bucket as argument": ("EXT006", f"put(Bucket='mine')\n{GOOD}"),
    "a late import": ("EXT007", "def lambda_handler(event, context):\n    import json\n    return json\n"),
    "an import further down": ("EXT007", f"x = 1\nimport json\n{GOOD}"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_check_finds_what_is_wrong(case: str) -> None:
    code, text = WRONG[case]
    findings = PATTERN.check({"extract/lambda_handler.py": text, "extract/requirements.txt": "boto3\n"})
    assert [each.code for each in findings] == [code]
    assert findings[0].path == "extract/lambda_handler.py"


def test_checks_of_the_whole() -> None:
    assert [each.code for each in PATTERN.check({})] == ["EXT001", "EXT001"]
    files = {"extract/lambda_handler.py": GOOD, "extract/requirements.txt": "# json\nboto3>=1\njson\nurllib3\n"}
    (finding,) = PATTERN.check(files)
    assert (finding.code, finding.line, json.dumps(finding.severity)) == ("EXT008", 3, '"error"')
    good = "import urllib3\nTIMED = urllib3.PoolManager(timeout=3)\nTIMED.request('GET', 'x')\n" + GOOD
    assert not PATTERN.check({"extract/lambda_handler.py": good, "extract/requirements.txt": "", "other/x.py": "("})
