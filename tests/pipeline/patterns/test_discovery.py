"""Patterns are found by their folders."""

from importlib import resources

from penstock.pipeline.patterns import all_patterns


def test_every_built_in_pattern_is_found_by_its_folder() -> None:
    names = [each.name for each in all_patterns()]
    assert "extract/http_api" in names
    assert names == sorted(set(names))


def test_a_pattern_is_called_as_its_folder_and_brings_prose() -> None:
    root = resources.files("penstock.pipeline.patterns")
    for pattern in all_patterns():
        assert root.joinpath(pattern.name, "best_practices.md").read_text(encoding="utf-8").startswith("# ")
