import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from penstock.catalog.evolution.history import update_by_day
from penstock.catalog.evolution.update import settle
from penstock.catalog.exports.page import render_page
from penstock.catalog.exports.page.view import view
from penstock.catalog.model import Catalog, FieldProfile, Values
from penstock.catalog.personal.masking import masked
from penstock.catalog.profiling.profile import profile_documents

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&lt;{{ 7 * 7 }}"


class Page(HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.texts.append(data)


def catalog_of(*records: object) -> Catalog:
    return masked(settle(profile_documents(records, "orders")))


def test_shows_what_is_there() -> None:
    records = [{"status": "open" if at % 4 else "shut", "n": at, "email": f"ada{at}@example.org"} for at in range(40)]
    text = " ".join(" ".join(Page(render_page(catalog_of(*records, {"status": None}))).texts).split())
    for said in (
        "orders",
        "41 records",
        "status",
        "nullable",
        "optional",
        "one of",
        "75.0 %",
        "0 … 39",
        "a***@e***.org",
    ):
        assert said in text, said
    assert "ada1@" not in text


def test_names_and_values_are_escaped() -> None:
    catalog = catalog_of({HOSTILE: HOSTILE, "x": [HOSTILE] * 30})
    fields = tuple(replace(each, description=HOSTILE, personal=HOSTILE) for each in catalog.fields)
    plain = tuple(
        replace(each, values=Values((), (HOSTILE,), {HOSTILE: 9}), personal="none") for each in catalog.fields
    )
    hostile = Catalog(HOSTILE, 1, (*fields, *plain), through=HOSTILE, history=catalog.history)
    page = Page(render_page(hostile))
    usual = {tag for tag, _ in Page(render_page(catalog_of({"a": 1}))).tags}
    assert {tag for tag, _ in page.tags} - usual <= {
        "p",
        "ul",
        "li",
        "table",
        "caption",
        "tr",
        "th",
        "td",
        "code",
        "time",
    }
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert HOSTILE in page.texts


def test_asks_nobody_for_anything() -> None:
    text = render_page(catalog_of({"url": "https://example.org/x.png"}))
    page = Page(text)
    assert not [each for each in page.tags if each[0] in {"link", "img", "iframe", "base", "form"}]
    assert not [name for _, attributes in page.tags for name in attributes if name in {"src", "href"}]
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_the_browser_runs_this_script_and_no_other() -> None:
    import base64
    import hashlib

    text = render_page(catalog_of({"a": 1}))
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text


def test_can_be_used_without_seeing_it() -> None:
    page = Page(render_page(catalog_of({"a": 1, "b": "x"})))
    assert ("html", {"lang": "en"}) in page.tags
    for tag, attributes in page.tags:
        if tag == "input" and attributes["type"] == "search":
            assert attributes["aria-label"]
        if attributes.get("role") == "img":
            assert attributes["aria-label"]
    headings = [tag for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert headings == ["h1", "h2", "h2"]


def test_shows_the_history() -> None:
    days = [("2026-11-20", [{"a": 1}] * 9), ("2026-11-21", [{"b": 1}])]
    catalog = update_by_day(None, [(day, profile_documents(records)) for day, records in days])
    text = " ".join(" ".join(Page(render_page(catalog)).texts).split())
    for said in ("What changed", "2026-11-21", "gone", "not seen since 2026-11-20", "new"):
        assert said in text, said


@pytest.mark.parametrize("records", [[], [1, None], [{"": 1}], [{"a": {"b": []}}], [{"n": 10**500}], [{"n": b"1e999"}]])
def test_odd_data(records: list[object]) -> None:
    assert "</html>" in render_page(settle(profile_documents(records)))


@pytest.mark.parametrize(
    ("present", "parents", "share"), [(0, 9, "0 %"), (9, 9, "100 %"), (1, 10**6, "0.1 %"), (10**6 - 1, 10**6, "99.9 %")]
)
def test_shares_do_not_lie(present: int, parents: int, share: str) -> None:
    field = replace(catalog_of({"a": 1}).fields[0], present=present, parents=parents)
    assert isinstance(field, FieldProfile)
    assert view(Catalog("x", parents, (field,))).fields[0].present.startswith(f"{share} ·")


def test_the_script_is_valid(tmp_path: Path) -> None:
    import shutil

    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed, which is needed to check the page's script")
    script = re.search(r"<script>(.*?)</script>", render_page(catalog_of({"a": 1})), re.DOTALL)
    assert script is not None
    (tmp_path / "page.js").write_text(script[1], encoding="utf-8")
    assert subprocess.run([node, "--check", str(tmp_path / "page.js")], check=False).returncode == 0
