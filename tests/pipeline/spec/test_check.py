"""Every finding of a spec: where it is, what it says, what mends it."""

from pathlib import Path

import pytest

from penstock.errors import SpecError
from penstock.pipeline.spec.load import check_file, check_spec, load_spec
from penstock.pipeline.spec.rules import RULES
from penstock.pipeline.spec.versions import migrate

HEAD = "penstock: penstock/1\nname: quakes\n"
PROVIDER = HEAD + "provider: {name: usgs, base_url: https://api.example.org}\n"
GOOD = PROVIDER + "datasets:\n  events:\n    endpoint: /events\n"


def findings(text: str) -> list[tuple[int | None, str, str]]:
    return [(each.line, each.code, each.path) for each in check_spec(text).findings]


def test_a_good_spec_has_no_findings_and_is_returned() -> None:
    checked = check_spec(GOOD + "    key: [id]\nschedule: day at 21:00\n")
    assert checked.findings == []
    assert checked.spec is not None
    assert checked.spec.datasets["events"].writing_mode == "merge"


SYNTAX = [
    ("tab", "a:\n\tb: 1\n", (2, "SPEC001", ""), "tab"),
    ("end", "a: {b: 1\n", (2, "SPEC001", ""), "not YAML"),
    ("two documents", "a: 1\n---\nb: 2\n", (2, "SPEC001", ""), "another document"),
    ("control character", "a: \x00\n", (None, "SPEC001", ""), "special characters"),
    ("python tag", HEAD + "x: !!python/name:os.system ''\n", (3, "SPEC001", "x"), "means nothing"),
    ("empty", "", (1, "SPEC002", ""), "mapping"),
    ("list", "- 1\n", (1, "SPEC002", ""), "mapping"),
    ("own circle", "a: &x [*x]\n", (1, "SPEC001", ""), "unfolds itself"),
    ("twice", GOOD + "    mode: append\n    mode: merge\n", (8, "SPEC003", "datasets.events.mode"), "first in line 7"),
    ("no", GOOD + "    parameters:\n      land: no\n", (8, "SPEC004", "datasets.events.parameters.land"), "as false"),
    ("time", GOOD + "    parameters: {at: 21:00}\n", (7, "SPEC004", "datasets.events.parameters.at"), "1260"),
    ("zero", GOOD + "    parameters: {zip: 010}\n", (7, "SPEC004", "datasets.events.parameters.zip"), "octal number 8"),
    ("version", GOOD + "    parameters: {v: 1.10}\n", (7, "SPEC004", "datasets.events.parameters.v"), "1.1,"),
    ("infinite", GOOD + "    parameters: {v: .inf}\n", (7, "SPEC004", "datasets.events.parameters.v"), "not a number"),
    ("on as key", GOOD + "    headers: {on: a}\n", (7, "SPEC004", "datasets.events.headers.on"), "true or false"),
    ("no version", "name: x\n", (1, "SPEC005", "penstock"), "missing"),
    ("newer", "name: x\npenstock: penstock/9\n", (2, "SPEC005", "penstock"), "Unknown version"),
]


@pytest.mark.parametrize(("text", "where", "says"), [case[1:] for case in SYNTAX], ids=[case[0] for case in SYNTAX])
def test_yaml_and_its_traps(text: str, where: tuple[int | None, str, str], says: str) -> None:
    checked = check_spec(text)
    assert where in findings(text)
    assert checked.spec is None
    assert any(says in each.message and each.suggestion for each in checked.findings)


def test_many_aliases_are_refused() -> None:
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    assert check_spec(text).findings[0].code == "SPEC001"


def test_anchors_and_merge_keys_are_understood() -> None:
    text = PROVIDER + "datasets:\n  a: &a {endpoint: /a, format: ndjson}\n  b: {<<: *a, endpoint: /b}\n"
    spec = check_spec(text).spec
    assert spec is not None
    assert (spec.datasets["b"].endpoint, spec.datasets["b"].format) == ("/b", "ndjson")


KEYS = [
    ("unknown", GOOD + "    recrods: a\n", (7, "SPEC006", "datasets.events.recrods"), "Did you mean 'records'?"),
    ("unknown in paging", GOOD + "    paging: {kind: offset, limt: 3}\n",
     (7, "SPEC006", "datasets.events.paging.limt"), "Did you mean 'limit'?"),
    ("unknown at the top", GOOD + "shedule: hour\n", (7, "SPEC006", "shedule"), "Did you mean 'schedule'?"),
    ("missing", HEAD + "datasets: {a: {endpoint: 'https://a.example'}}\n", (1, "SPEC007", "provider"), "Add it."),
    ("missing below", GOOD + "    for_each:\n      path: id\n",
     (7, "SPEC007", "datasets.events.for_each.dataset"), "The other dataset."),
    ("no kind", GOOD + "    paging: {size: 3}\n", (7, "SPEC007", "datasets.events.paging"), "page_number"),
    ("kind", GOOD + "    paging: {kind: page}\n", (7, "SPEC009", "datasets.events.paging"), "page_number"),
    ("auth kind", GOOD + "    auth: {kind: apikey}\n", (7, "SPEC009", "datasets.events.auth"), "'api_key'"),
    ("choice", GOOD + "    mode: merg\n", (7, "SPEC008", "datasets.events.mode"), "Did you mean 'merge'?"),
    ("number for text", GOOD + "    headers: {a: 3}\n", (7, "SPEC008", "datasets.events.headers.a"), '"3" in quotes'),
    ("text for number", GOOD + "    paging: {kind: offset, limit: '3'}\n",
     (7, "SPEC008", "datasets.events.paging.limit"), "Change"),
    ("true for number", GOOD + "    time_outs: {read: true}\n",
     (7, "SPEC008", "datasets.events.time_outs.read"), "Change"),
    ("list for text", GOOD + "    parameters: {q: [1]}\n", (7, "SPEC008", "datasets.events.parameters.q"), "Change"),
    ("bound", GOOD + "deployment:\n  memory_mb: 3\n", (8, "SPEC008", "deployment.memory_mb"), "Change"),
    ("name", GOOD + "  bad-name: {endpoint: /x}\n", (7, "SPEC008", "datasets.bad-name"), "letters"),
    ("no datasets", PROVIDER + "datasets: {}\n", (4, "SPEC008", "datasets"), "at least one"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "where", "suggests"), [case[1:] for case in KEYS], ids=[case[0] for case in KEYS])
def test_keys_and_types(text: str, where: tuple[int | None, str, str], suggests: str) -> None:
    checked = check_spec(text)
    assert findings(text) == [where]
    assert checked.spec is None
    assert suggests in checked.findings[0].suggestion


def dataset(lines: str) -> str:
    return GOOD + "".join(f"    {line}\n" for line in lines.split("\n"))


def auth(text: str) -> str:
    return HEAD + f"provider:\n  name: usgs\n  base_url: https://a.example\n  auth: {text}\n" + GOOD[len(PROVIDER) :]


def url(text: str, base: str = "") -> str:
    return HEAD + f"provider: {{name: usgs{base}}}\ndatasets:\n  events:\n    endpoint: {text}\n"


BEARER = "auth: {kind: bearer, token_env: TOKEN}"
RULE_CASES: list[tuple[str, str, int]] = [
    ("SPEC101", dataset("mode: merge"), 7),
    ("SPEC101", dataset("mode: snapshot"), 7),
    ("SPEC102", dataset("key: [id]\ncursor: {path: t, parameter: since}\nmode: snapshot"), 9),
    ("SPEC103", dataset("records: a..b"), 7),
    ("SPEC103", dataset("records: 'data.*'"), 7),
    ("SPEC103", dataset("records: 'data[].rows'"), 7),
    ("SPEC103", dataset("key:\n  - id\n  - tags[]"), 9),
    ("SPEC103", dataset("key: ['']"), 7),
    ("SPEC103", dataset("cursor: {path: 'a.*', parameter: since}"), 7),
    ("SPEC103", dataset("paging: {kind: next_url, path: 'a['}"), 7),
    ("SPEC103", dataset("paging: {kind: offset, total_path: 'a['}"), 7),
    ("SPEC103", dataset("paging: {kind: page_number, total_pages_path: 'a['}"), 7),
    ("SPEC104", dataset("key: [id, id]"), 7),
    ("SPEC105", dataset("for_each: {dataset: event, path: id}").replace("/events", "'/{value}'"), 7),
    ("SPEC105", dataset("for_each: {dataset: events, path: id}").replace("/events", "'/{value}'"), 7),
    ("SPEC106", PROVIDER + "datasets:\n  a: {endpoint: '/{value}', for_each: {dataset: b, path: id}}\n"
                           "  b: {endpoint: '/b/{value}', for_each: {dataset: a, path: id}}\n", 5),
    ("SPEC107", dataset("format: ndjson\npaging: {kind: cursor, path: next}"), 8),
    ("SPEC108", GOOD + "  copy: {endpoint: /events}\n", 7),
    ("SPEC120", url("/events"), 6),
    ("SPEC120", url("ftp://a.example/x"), 6),
    ("SPEC120", url("https:///x"), 6),
    ("SPEC120", url("'https://a.example/a b'"), 6),
    ("SPEC120", HEAD + "provider: {name: usgs}\ndatasets:\n  events: {method: GET}\n", 5),
    ("SPEC121", url("/x", ", base_url: api.example.org"), 3),
    ("SPEC121", url("/x", ", base_url: 'https://a.example/?a=1'"), 3),
    ("SPEC121", auth("{kind: oauth2, token_url: /token, client_id_env: ID, client_secret_env: SECRET}"), 6),
    ("SPEC122", url("'https://a.example/{id}'"), 6),
    ("SPEC122", url("'https://a.example/{value}'"), 6),
    ("SPEC122", GOOD + "  d: {endpoint: /d, for_each: {dataset: events, path: id}}\n", 7),
    ("SPEC123", dataset("headers: {X-Tenant: '${TENANT}'}"), 7),
    ("SPEC123", dataset("parameters: {q: '{{ day }}'}"), 7),
    ("SPEC124", dataset("body: {a: 1}"), 7),
    ("SPEC125", dataset("headers: {'X A': b}"), 7),
    ("SPEC125", dataset('headers: {X-A: "b\\nX-C: d"}'), 7),
    ("SPEC125", dataset("headers: {Host: a.example}"), 7),
    ("SPEC125", dataset("headers: {Accept: a, accept: b}"), 7),
    ("SPEC126", dataset("parameters: {a: 1}").replace("/events", "/events?a=2"), 7),
    ("SPEC140", dataset("parameters: {page: 1}\npaging: {kind: page_number}"), 7),
    ("SPEC140", dataset("paging: {kind: offset}").replace("/events", "/events?limit=10"), 6),
    ("SPEC140", dataset("parameters: {cursor: x}\npaging: {kind: cursor, path: next}"), 7),
    ("SPEC141", dataset("cursor: {path: t, parameter: since}\nparameters: {since: 5}"), 7),
    ("SPEC141", dataset("cursor: {path: t, parameter: cursor}\npaging: {kind: cursor, path: next}"), 7),
    ("SPEC142", dataset("paging: {kind: page_number, size: 10}"), 7),
    ("SPEC142", dataset("paging: {kind: page_number, size_parameter: per_page}"), 7),
    ("SPEC143", dataset("paging: {kind: offset, parameter: limit}"), 7),
    ("SPEC144", dataset("method: POST\npaging: {kind: link_header}"), 8),
    ("SPEC145", dataset("cursor: {path: t, parameter: since}")
     + "  d: {endpoint: '/d/{value}', key: [id], mode: snapshot, for_each: {dataset: events, path: id}}\n", 8),
    ("SPEC146", dataset("key: [id]\ncursor: {path: t, parameter: since, look_back: two days}"), 8),
    ("SPEC146", dataset("key: [id]\ncursor: {path: t, parameter: since, look_back: 0}"), 8),
    ("SPEC146", dataset("key: [id]\ncursor: {path: t, parameter: since, look_back: 2 days, start: 17}"), 8),
    ("SPEC147", dataset("cursor: {path: t, parameter: since, look_back: 2 days}"), 7),
    ("SPEC148", dataset("cursor: {path: t, parameter: since, until_parameter: since}"), 7),
    ("SPEC148", dataset("parameters: {to: x}\ncursor: {path: t, parameter: since, until_parameter: to}"), 8),
    ("SPEC150", dataset("headers: {Authorization: abc}"), 7),
    ("SPEC150", dataset("headers: {X-Api-Key: abc}"), 7),
    ("SPEC150", dataset("parameters: {access_token: abc}"), 7),
    ("SPEC150", dataset("parameters: {q: ghp_abcdefghijklmnop}"), 7),
    ("SPEC151", url("https://me:pass@a.example/"), 6),
    ("SPEC151", url("https://a.example/?token=abc"), 6),
    ("SPEC152", auth("{kind: bearer, token_env: ghp_abcdefghijklmnop}"), 6),
    ("SPEC152", auth("{kind: bearer, token_env: aB3dE5gH7jK9mN1pQ3sT5}"), 6),
    ("SPEC153", dataset(BEARER).replace("https:", "http:"), 3),
    ("SPEC153", url("http://a.example/x") + f"    {BEARER}\n", 6),
    ("SPEC153", auth("{kind: oauth2, token_url: 'http://a.example/', client_id_env: A, client_secret_env: B}"), 6),
    ("SPEC154", auth("{kind: basic, username_env: A, password_env: A}"), 6),
    ("SPEC155", dataset("auth: {kind: api_key, key_env: A, in: query, name: apiid}\nparameters: {apiid: 3}"), 8),
    ("SPEC160", GOOD + "  Events: {endpoint: /other}\n", 7),
    ("SPEC161", auth("{kind: bearer, token_env: usgs_events_ENDPOINT}"), 6),
    ("SPEC162", auth("{kind: bearer, token_env: AWS_SECRET_ACCESS_KEY}"), 6),
    ("SPEC162", auth("{kind: bearer, token_env: PATH}"), 6),
    ("SPEC170", GOOD + "deployment: {bucket: My_Bucket}\n", 7),
    ("SPEC170", GOOD + "deployment: {bucket: ab}\n", 7),
    ("SPEC170", GOOD + "landing: {url: 's3://192.168.5.4/x'}\n", 7),
    ("SPEC171", GOOD + "landing: {url: 's3://one-bucket/x'}\ndeployment: {bucket: two-bucket}\n", 8),
    ("SPEC172", GOOD + "landing: {url: 'gs://one-bucket/x'}\n", 7),
    ("SPEC173", GOOD + "deployment: {kind: aws_lambda}\n", 7),
    ("SPEC174", GOOD + "deployment: {kind: aws_lambda, bucket: a-bucket, timeout_seconds: 60}\n", 3),
    ("SPEC174", dataset("time_outs: {read: 400}") + "deployment: {kind: aws_lambda, bucket: a-bucket}\n", 7),
    ("SPEC175", GOOD + "schedule: sometimes\n", 7),
    ("SPEC176", GOOD + "schedule: 2 minutes\n", 7),
    ("SPEC176", GOOD + "schedule: 10 minutes\n"
                       "deployment: {kind: aws_lambda, bucket: a-bucket, timeout_seconds: 900}\n", 7),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text", "line"), RULE_CASES, ids=[f"{case[0]}-{n}" for n, case in enumerate(RULE_CASES)]
)
def test_rules_over_several_keys(code: str, text: str, line: int) -> None:
    checked = check_spec(text)
    found = [each for each in checked.findings if each.code == code]
    assert found, checked.findings
    assert all(each.severity == RULES[code].severity and each.suggestion for each in found)
    assert (checked.spec is None) == any(each.severity == "error" for each in checked.findings)
    assert line in [each.line for each in found]


def test_every_rule_has_a_case() -> None:
    assert {case[0] for case in RULE_CASES} == set(RULES)


@pytest.mark.parametrize(
    "text",
    [
        dataset("paging: {kind: cursor, path: next, parameter: page_token}\nparameters: {q: token}"),
        url("'{value}'").replace("events:", "list: {endpoint: 'https://a.example'}\n  events:")
        + "    for_each: {dataset: list, path: url}\n",
        dataset(BEARER).replace("https://api.example.org", "http://127.0.0.1:8000"),
        dataset(BEARER).replace("https://api.example.org", "http://localhost:8000"),
        dataset("method: POST\nbody: {query: '{ nodes { id } }'}"),
        dataset("paging: {kind: page_number, total_pages_path: '0.pages'}\nrecords: '1'"),
        GOOD + "landing: {url: 's3://a-bucket/x'}\ndeployment: {kind: aws_lambda, bucket: a-bucket}\n",
        GOOD + "schedule: '0 21 * * 1-5'\n",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert check_spec(text).findings == []


@pytest.mark.parametrize(
    "text",
    [
        dataset("headers: {Authorization: Bearer s3cr3t-value}"),
        dataset("parameters: {token: s3cr3t-value}"),
        url("https://me:s3cr3t-value@a.example/"),
        url("https://a.example/?api_key=s3cr3t-value"),
        auth("{kind: bearer, token_env: s3cr3t-value}"),
    ],
)
def test_a_secret_is_never_repeated(text: str) -> None:
    found = check_spec(text).findings
    assert found
    assert "s3cr3t" not in str(found)


def test_findings_stand_in_the_order_of_their_lines() -> None:
    lines = [each.line for each in check_spec(GOOD + "    mode: merge\nschedule: never\nlanding: {url: ''}\n").findings]
    assert lines == sorted(lines, key=lambda line: line or 0)
    assert len(lines) == 3


def test_loading_tells_all_errors_at_once(tmp_path: Path) -> None:
    path = tmp_path / "penstock.yml"
    path.write_text(GOOD + "    mode: merge\nschedule: never\n")
    with pytest.raises(SpecError, match=r"2 error\(s\)[\s\S]*SPEC101 line 7[\s\S]*Hint: penstock check") as caught:
        load_spec(path)
    assert [each.code for each in caught.value.findings] == ["SPEC101", "SPEC175"]


@pytest.mark.parametrize(("content", "says"), [(None, "cannot be read"), (b"name: \xff\n", "not UTF-8")])
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "penstock.yml"
    if content is not None:
        path.write_bytes(content)
    assert says in check_file(path).findings[0].message


def test_an_older_version_is_migrated_step_by_step() -> None:
    migrations = {
        "penstock/-1": lambda data: {**data, "penstock": "penstock/0"},
        "penstock/0": lambda data: {"penstock": "penstock/1", "name": data["title"]},
    }
    assert migrate({"penstock": "penstock/-1", "title": "a"}, migrations) == {"penstock": "penstock/1", "name": "a"}
