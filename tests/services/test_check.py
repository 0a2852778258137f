"""A spec is checked by its file or by its project's folder."""

from pathlib import Path

from penstock.services.check import check


def test_a_file_or_its_folder(tmp_path: Path) -> None:
    spec = tmp_path / "penstock.yml"
    spec.write_text("penstock: penstock/1\nname: x\nprovider: {name: y}\ndatasets: {z: {endpoint: /z}}\n")
    found = check(spec)
    assert [(each.line, each.code, each.path) for each in found] == [(4, "SPEC120", "datasets.z.endpoint")]
    assert check(tmp_path) == found


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert [each.code for each in check(tmp_path)] == ["SPEC002"]
