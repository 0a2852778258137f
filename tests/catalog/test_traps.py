"""Data that schema inference elsewhere gets wrong, in silence or with an error; `docs/traps.md` has the comparison."""

from pathlib import Path

import pytest
from benchmarks.traps import TRAPS
from tests.catalog.trap_facts import FACTS

from penstock.errors import PenstockError
from penstock.services.profile import profile


def types(folder: Path) -> dict[str, dict[str, int]]:
    return {str(each.path): dict(each.types) for each in profile([str(folder)]).fields}


@pytest.mark.parametrize("name", TRAPS)
def test_trap(tmp_path: Path, name: str) -> None:
    TRAPS[name].write(tmp_path)
    expected = FACTS[name]
    if isinstance(expected, str):
        with pytest.raises(PenstockError, match="Hint: ") as caught:
            profile([str(tmp_path)])
        assert expected in str(caught.value)
        return
    found = types(tmp_path)
    assert {path: found.get(path) for path in expected} == expected


def test_every_trap_has_its_facts() -> None:
    assert set(FACTS) == set(TRAPS)
