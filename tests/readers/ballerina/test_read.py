"""Ballerina types to schemas."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penstock.errors import DocumentFormatError
from penstock.readers import Document
from penstock.readers.ballerina import READER
from penstock.schema import (
    NOTHING,
    Binary,
    Boolean,
    Date,
    Decimal,
    Enum,
    Field,
    Float,
    Integer,
    Json,
    List,
    Map,
    Record,
    Text,
    Time,
    Timestamp,
    Type,
    Union,
    nullable,
)


def _read(text: str) -> Document:
    return READER.read(text, "types.bal")


def _type(written: str) -> tuple[Type, list[str]]:
    document = _read(f"type X {written};")
    type_ = document.definitions[0].type
    return replace(type_, type_name="") if isinstance(type_, Record) else type_, [
        each.code for each in document.findings
    ]


EXACT: list[tuple[str, Type]] = [
    ("int", Integer()),
    ("byte", Integer()),
    ("float", Float()),
    ("decimal", Decimal()),
    ("boolean", Boolean()),
    ("string", Text()),
    ("json", Json(nullable=True)),
    ("anydata", Json(nullable=True)),
    ("()", nullable(NOTHING)),
    ("never", NOTHING),
    ("int?", Integer(nullable=True)),
    ("int|()", Integer(nullable=True)),
    ("()|int", Integer(nullable=True)),
    ("null|int", Integer(nullable=True)),
    ("(int)", Integer()),
    ("int?[]", List(Integer(nullable=True))),
    ("int[]?", List(Integer(), nullable=True)),
    ("(string|())[]|()", List(Text(nullable=True), nullable=True)),
    ("int[][]", List(List(Integer()))),
    ("byte[]", Binary()),
    ("byte[]?[]", List(Binary(nullable=True))),
    ("map<int?>", Map(Integer(nullable=True))),
    ("map<map<string>>[]", List(Map(Map(Text())))),
    ("int|string", Union((Integer(), Text()))),
    ("int|string|()", Union((Integer(), Text()), nullable=True)),
    ("(int|string)|(boolean|int)", Union((Integer(), Text(), Boolean()))),
    ('"a"|"b"', Enum(("a", "b"))),
    ('"a"|int|"b"', Union((Enum(("a", "b")), Integer()))),
    ('"a"|string', Text()),
    ("string|json", Json(nullable=True)),
    (r'"\u{e9}\t\"\\"', Enum(('é\t"\\',))),
    ("readonly & int[]", List(Integer())),
    ("int[] & readonly", List(Integer())),
    ("distinct int", Integer()),
    ("time:Seconds", Decimal()),
    ("record {}", Record()),
    ("record {| |}", Record(closed=True)),
    ("record {| string...; |}", Map(Text())),
    ("record { int a = 1; }", Record((Field("a", Integer(), optional=True, default="1"),))),
    ("record { int a = -1; }", Record((Field("a", Integer(), optional=True, default="-1"),))),
    ("record { decimal a = 1.50d; }", Record((Field("a", Decimal(), optional=True, default="1.50"),))),
    ("record { int? a = (); }", Record((Field("a", Integer(nullable=True), optional=True, default="null"),))),
    (r'record { string a = "\u{e9}\""; }', Record((Field("a", Text(), optional=True, default='"é\\""'),))),
    ("record { int[] a = []; }", Record((Field("a", List(Integer()), optional=True, default="[]"),))),
    ("record {|int...;|}[]", List(Map(Integer()))),
]


@pytest.mark.parametrize(("written", "type_"), EXACT, ids=[each[0] for each in EXACT])
def test_types_that_are_kept(written: str, type_: Type) -> None:
    assert _type(written) == (type_, [])


LOST: list[tuple[str, Type, list[str]]] = [
    ("int[3]", List(Integer()), ["BAL003"]),
    ("int[*]", List(Integer()), []),
    ("int[SIZE]", List(Integer()), ["BAL003"]),
    ("[int, string]", List(Union((Integer(), Text()))), ["BAL003"]),
    ("[int, string...]", List(Union((Integer(), Text()))), ["BAL003"]),
    ("[]", List(NOTHING), ["BAL003"]),
    ("table<record {int id;}> key(id)", List(Record((Field("id", Integer()),))), ["BAL003"]),
    ("table<map<int>> key<int>", List(Map(Integer())), ["BAL003"]),
    ("int:Signed32", Integer(), ["BAL003"]),
    ("string:Char", Text(), ["BAL003"]),
    ("1|2", Integer(), ["BAL003", "BAL003"]),
    ("-1", Integer(), ["BAL003"]),
    ("1.5", Float(), ["BAL003"]),
    ("true", Boolean(), ["BAL003"]),
    ("xml", Text(), ["BAL002"]),
    ("xml<xml:Element>", Text(), ["BAL002"]),
    ("stream<int, error?>", Json(nullable=True), ["BAL002"]),
    ("function (int x) returns string", Json(nullable=True), ["BAL002"]),
    ("isolated object { int x; }", Json(nullable=True), ["BAL002"]),
    ("time:Utc", Timestamp(), ["BAL003"]),
    ("time:Civil", Timestamp(zone=False), ["BAL003"]),
    ("time:Date", Date(), ["BAL003"]),
    ("time:TimeOfDay?", Time(nullable=True), ["BAL003"]),
    ("Missing", Json(nullable=True), ["BAL001"]),
    ("http:Request", Json(nullable=True), ["BAL001"]),
    ("X[]", List(Json()), ["SCH001"]),
    ("record {| int a; string...; |}", Record((Field("a", Integer()),)), ["BAL003"]),
    ("map<int> & map<string>", Json(nullable=True), ["BAL003"]),
]


@pytest.mark.parametrize(("written", "type_", "codes"), LOST, ids=[each[0] for each in LOST])
def test_what_is_lost_is_told(written: str, type_: Type, codes: list[str]) -> None:
    assert _type(written) == (type_, codes)


ORDER = r"""
import ballerina/http;
import ballerina/time as clock;

// A comment, with type X int; in it.
const string PREFIX = "A";
final string[] names = ["type Y record {", "}"];

# What every document has.
public type Base record {
    # The number.
    string id;
    int version = 1;
};

# An order.
# It has lines.
# + 'order - the number of the order,
#   as the customer knows it
# + note - free text
@display {label: "}"}
public type Order readonly & record {|
    *Base;
    readonly int 'order;
    @constraint:String {pattern: re `^[^}"]*$`}
    string? note?;
    # Overrides the one of Base.
    string version;
    Line[] lines;
    record {| string street; Country country; |} address?;
    Status status = OPEN;
    clock:Utc at;
    int first\-name;
    int 'caf\u{e9};
    json...;
|};

type Line record {
    string sku;
    decimal price = 1.0d + <decimal>sum([1, 2]); // }
};

public enum Status {
    # Not yet sent.
    OPEN = "open",
    CLOSED
};

type Country "DE"|PREFIX|Status;

service / on new http:Listener(8080) {
    resource function get order/[int id]() returns Order|record {| int x; |} {
        type z = string `${"}"} type Q int;`;
    }
}

isolated function f(Order x) returns record {| int a; |} => {a: 1};
"""


def test_a_file_with_everything() -> None:
    document = _read(ORDER)
    assert [each.name for each in document.definitions] == ["Base", "Order", "Line", "Status", "Country"]
    order = document.by_name()["Order"]
    assert order.description == "An order.\nIt has lines."
    assert document.main == "Order"
    assert isinstance(order.type, Record)
    fields = order.type.by_name()
    assert fields["id"] == Field("id", Text(), description="The number.")
    assert fields["order"].description == "the number of the order,\n  as the customer knows it"
    assert fields["note"] == Field("note", Text(nullable=True), optional=True, description="free text")
    assert fields["version"] == Field("version", Text(), description="Overrides the one of Base.")
    assert fields["status"] == Field("status", Enum(("open", "CLOSED")), optional=True)
    assert fields["at"].type == Timestamp()
    assert isinstance(fields["lines"].type, List)
    assert fields["lines"].type.element == document.by_name()["Line"].type
    address = fields["address"].type
    assert isinstance(address, Record)
    assert address.by_name()["country"].type == Enum(("DE", "A", "open", "CLOSED"))
    assert {"first-name", "café"} <= fields.keys()


def test_only_what_is_lost_is_told() -> None:
    found = {(each.code, each.path) for each in _read(ORDER).findings}
    assert found == {
        ("BAL003", "Order"),
        ("BAL003", "Order.at"),
        ("BAL004", "Order.status"),
        ("BAL004", "Order.lines[].price"),
    }


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("type A record { A? next; };", "A.next"),
        ("type A record { B[] bs; }; type B record { map<A> owners; };", "A.bs[].owners.*"),
        ("type A A;", "A"),
        ("type A A|int;", "A"),
    ],
)
def test_a_type_that_holds_itself_is_cut(text: str, path: str) -> None:
    assert ("SCH001", path) in [(each.code, each.path) for each in _read(text).findings]


def test_a_record_that_includes_itself_ends() -> None:
    document = _read("type A record { *B; int a; }; type B record { *A; int b; };")
    assert document.by_name()["B"].type == Record((Field("a", Integer()), Field("b", Integer())), "B")


def test_types_that_double_do_not_grow_without_end() -> None:
    text = "".join(f"type T{n} record {{ T{n + 1} a; T{n + 1} b; }};" for n in range(40)) + "type T40 int;"
    assert "SCH002" in {each.code for each in _read(text).findings}


@pytest.mark.parametrize(
    "text",
    [
        "type X " + "(" * 20_000 + "int" + ")" * 20_000 + ";",
        "type X " + "map<" * 5_000 + "int" + ">" * 5_000 + ";",
        "type X int" + "[]" * 20_000 + ";",
        "type X int" + "?" * 20_000 + ";",
        "type X " + "record { " * 3_000 + "int a;" + " } a;" * 2_999 + "};",
        "function f() { " + "{" * 20_000 + "}" * 20_000 + " }",
    ],
    ids=["parentheses", "maps", "lists", "nil", "records", "blocks"],
)
def test_deep_nesting_is_an_answer(text: str) -> None:
    with suppress(DocumentFormatError):
        assert _read(text).definitions or text.startswith("function")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("type X record { int a }", "line 1, column 23"),
        ("type X record {\n  int a;\n", "the end"),
        ("type X = int;", "line 1, column 8"),
        ("function f() { ( }", "line 1, column 18"),
        ('type X "abc;', "line 1, column 8"),
        ("type A int;\ntype A string;", "line 2"),
    ],
)
def test_damage_is_told_with_its_place(text: str, at: str) -> None:
    with pytest.raises(DocumentFormatError) as caught:
        _read(text)
    assert caught.value.at == at


_words = st.sampled_from(
    [
        *"(){}[]<>|?;,.=*&@`\"'\\/:$#\n",
        *("type ", "enum ", "record ", "{|", "|}", "map", "const ", "public ", "import ", "table", "readonly "),
        *("int ", "string ", "A ", "B ", "'x", "${", "...", "// ", "# + a - b\n", "1", '"t"', "()", "distinct "),
    ]
)


@given(st.lists(_words, max_size=25).map("".join) | st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(DocumentFormatError):
        assert _read(f"type A record {{ int a; }}; {text}").definitions[0].name == "A"


@pytest.mark.parametrize(
    ("head", "suffix", "known"),
    [
        ("", ".bal", True),
        ("type X record {\n int a;\n};", "", True),
        ("# doc\npublic type X readonly & record {| |};", ".txt", True),
        ("import ballerina/time;\n", "", True),
        ("type X {\n a: Int\n}", "", False),
        ("CREATE TABLE record (x int);", "", False),
        ("type X record { };", ".sql", False),
    ],
)
def test_ballerina_is_recognised(head: str, suffix: str, known: bool) -> None:
    assert READER.recognises(head, suffix) is known
