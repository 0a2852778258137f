"""The documentation is true: links lead somewhere, commands exist, generated pages are current."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def shell_lines(page: Path) -> Iterator[str]:
    for language, text in FENCE.findall(page.read_text(encoding="utf-8")):
        if language in {"console", "sh", "bash"}:
            yield from (
                line.removeprefix("$ ") for line in text.splitlines() if language != "console" or line[:2] == "$ "
            )


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for found in LINK.findall(prose(page)):
        link = found[0] or found[1]
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_can_be_found() -> None:
    linked = {
        (page.parent / found[0].partition("#")[0]).resolve() for page in PAGES for found in LINK.findall(prose(page))
    }
    lost = {str(page.relative_to(ROOT)) for page in PAGES if page.resolve() not in linked}
    assert lost == {"README.md"} - {"README.md" for page in linked if page.name == "README.md"}


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_exist(page: Path) -> None:
    named = {match for line in shell_lines(page) for match in re.findall(r"\bmake ([a-z]+)", line)}
    assert named <= makefile_targets()


def test_the_readme_names_the_two_commands() -> None:
    lines = set(shell_lines(ROOT / "README.md"))
    assert {"make demo", "make test"} <= {line.partition("#")[0].strip() for line in lines}
    assert "exec make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def commands() -> set[str]:
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    return set(re.findall(r"^## ([a-z-]+)$", text, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page: Path) -> None:
    named = {match for line in shell_lines(page) for match in re.findall(r"(?:^|[;&|] *)penstock ([a-z-]+)", line)}
    assert named <= commands()


@pytest.mark.parametrize("script", sorted((ROOT / "docs").glob("make_[or]*.py")), ids=lambda path: path.name)
def test_generated_pages_are_current(script: Path) -> None:
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
