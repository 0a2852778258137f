"""Every writer takes every type, its reader reads it back, and other packages can add a language."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.schema.strategies import types

from penstock.errors import PenstockError
from penstock.readers import Definition, Document
from penstock.readers.registry import readers, writers
from penstock.schema import Field, Integer, Record, Type

BOTH = sorted(set(readers()) & set(writers()))


def test_the_languages_that_are_there() -> None:
    assert {"ballerina", "catalog", "ddl", "json-schema", "odcs", "payload"} <= set(BOTH)


@pytest.mark.parametrize("language", BOTH)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(type_=types)
def test_what_is_written_can_be_read(language: str, type_: Type) -> None:
    record = Record((Field("id", Integer(), key=True), Field("f", type_, optional=True, description="a\n'b' */ \"c\"")))
    written = writers()[language].write(Document("test", (Definition("Order", record),), "Order"))
    found = readers()[language].read(written.text, "written")
    assert [each.name.lower() for each in found.definitions][:1] == ["order"]


@pytest.mark.parametrize("language", BOTH)
def test_what_is_written_is_recognised(language: str) -> None:
    record = Record((Field("id", Integer()),), "Order")
    outputs = (Definition("Order", record), Definition("made", record, role="output"))
    definitions = outputs if language == "payload" else outputs[:1]
    written = writers()[language].write(Document("test", definitions, "Order"))
    assert [each.kind for each in readers().values() if each.recognises(written.text, "")] == [language]


@pytest.mark.parametrize("language", sorted(writers()))
def test_nothing_is_written_of_an_unknown_dialect(language: str) -> None:
    record = Record((Field("id", Integer()),), "Order")
    with pytest.raises(PenstockError, match=r"known|without|no dialect"):
        writers()[language].write(Document("test", (Definition("Order", record),), "Order"), "no-such-dialect")


TOY = """
from penstock.readers import Definition, Document
from penstock.schema import Record

class Toy:
    kind = "toy"
    def recognises(self, head, suffix): return suffix == ".toy"
    def read(self, text, place, part=""): return Document("toy", (Definition(text.strip(), Record()),), text.strip())

READER = Toy()
"""


def test_another_package_adds_a_reader(tmp_path: Path) -> None:
    about = tmp_path / "toy-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[penstock.readers]\ntoy = toy_language\n", encoding="utf-8")
    (tmp_path / "toy_language.py").write_text(TOY, encoding="utf-8")
    (tmp_path / "a.toy").write_text("Order\n", encoding="utf-8")
    program = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from penstock.readers.opening import read_document\n"
        "print(read_document(sys.argv[2]).main, read_document(f'toy:{sys.argv[2]}').kind)"
    )
    command = [sys.executable, "-c", program, str(tmp_path), str(tmp_path / "a.toy")]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout == "Order toy\n"
