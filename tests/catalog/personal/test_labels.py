import pytest

from penstock.catalog.model import FieldProfile, Values
from penstock.catalog.personal.labels import is_card, is_iban, kind_of_field, kind_of_text, words_of
from penstock.schema import parse_path


def field(path: str, *examples: str | int, **formats: int) -> FieldProfile:
    types = {"integer": 9} if examples and isinstance(examples[0], int) else {"string": 9}
    return FieldProfile(parse_path(path), 9, 9, types, formats, values=Values((), examples))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ada@example.org", "email"),
        ("ada.b+c@mail.example.co.uk", "email"),
        ("ada@localhost", "email"),
        ("@ada", ""),
        ("5 @ 3", ""),
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("GB29NWBK60161331926819", "iban"),
        ("DE89370400440532013001", ""),
        ("4111 1111 1111 1111", "card"),
        ("371449635398431", "card"),
        ("4111111111111112", ""),
        ("4006381333931", ""),  # a bar code
        ("1606857968000", ""),  # milliseconds
        ("+49 170 1234567", "phone"),
        ("+1 (555) 010-9999", "phone"),
        ("0049 30 123456", "phone"),
        ("(555) 010-9999", "phone"),
        ("555-010-9999", "phone"),
        ("+2", ""),
        ("078-05-1120", "id"),
        ("10.20.30.40", "ip"),
        ("10.20.30.400", ""),
        ("2001:db8::1", "ip"),
        ("10:00:00", ""),
        ("2021-01-01T10:00:00+02:00", ""),
        ("20261121T210000Z-3f9c", ""),
        ("9f86d081-884c-4d65-9a2f-eaa0c55ad015", ""),
        ("Ada Lovelace", ""),
        ("", ""),
        ("x" * 999, ""),
    ],
)
def test_forms(text: str, kind: str) -> None:
    assert kind_of_text(text) == kind


@pytest.mark.parametrize("number", ["4111111111111111", "5500005555555559", "6011111111111117", "378282246310005"])
def test_a_changed_digit_is_noticed(number: str) -> None:
    assert is_card(number)
    assert not any(is_card(number[:-1] + each) for each in "0123456789" if each != number[-1])
    assert is_iban("FR1420041010050500013M02606")
    assert not is_iban("FR1420041010050500013M02607")


@pytest.mark.parametrize(
    ("path", "dataset", "kind"),
    [
        ("email", "", "email"),
        ("contact.eMail_Adresse", "", "email"),
        ("email_count", "", ""),
        ("email_verified_at", "", ""),
        ("phone", "stations", "phone"),
        ("billingPhone", "", "phone"),
        ("Telefonnummer", "", "phone"),
        ("télephone", "", "phone"),
        ("first_name", "", "name"),
        ("lastName", "", "name"),
        ("Nachname", "", "name"),
        ("prénom", "", "name"),
        ("name", "stations", ""),
        ("name", "customers", "name"),
        ("customer.name", "orders", "name"),
        ("patients[].name", "", "name"),
        ("customer_name", "", "name"),
        ("product.name", "orders", ""),
        ("station_name", "", ""),
        ("author", "", "name"),
        ("address", "", "address"),
        ("address", "stations", ""),
        ("customer.address", "stations", "address"),
        ("shipTo.street", "", "address"),
        ("plz", "", "address"),
        ("market_cap", "", ""),
        ("ip_address", "", "ip"),
        ("clientIp", "", "ip"),
        ("zip_file", "", ""),
        ("date_of_birth", "", "birth_date"),
        ("Geburtsdatum", "", "birth_date"),
        ("fecha_nacimiento", "", "birth_date"),
        ("ssn", "", "id"),
        ("passport_number", "", "id"),
        ("cpf", "", "id"),
        ("iban", "", "iban"),
        ("credit_card", "", "card"),
        ("password", "", "secret"),
        ("apiKey", "", "secret"),
        ("spin", "", ""),
        ("id", "customers", ""),
        ("description", "", ""),
    ],
)
def test_names_of_fields(path: str, dataset: str, kind: str) -> None:
    assert kind_of_field(field(path, "abc"), words_of(dataset)) == kind


@pytest.mark.parametrize(
    ("profile", "kind"),
    [
        (field("x", "ada@example.org", "bob@example.org"), "email"),
        (field("x", "free", email=1), "email"),
        (field("x", "+49 170 1234567", "n/a"), "phone"),
        (field("x", "+49 170 1234567", "a", "b"), ""),
        (field("x", "DE89370400440532013000"), "iban"),
        (field("phone", 491701234567), "phone"),
        (field("name", 7), ""),
        (FieldProfile(parse_path("email"), 9, 9, {"boolean": 9}), ""),
        (FieldProfile(parse_path("email"), 9, 9, {"object": 9}), ""),
        (FieldProfile(parse_path("email"), 9, 9, {"null": 9}), ""),
    ],
)
def test_values_and_types(profile: FieldProfile, kind: str) -> None:
    assert kind_of_field(profile) == kind
