"""Words in the names of fields that tell personal data, in several languages; without accents, in lower case.

Words that stand together are joined: `first_name`, `firstName` and `firstname` are all `firstname`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BY_KIND: Final[Mapping[str, str]] = {
    "email": """email mail mailaddress emailaddress mailadresse emailadresse correo correoelectronico courriel
        adressemail adressemel epost""",
    "phone": """phone telephone phonenumber mobile mobilephone cellphone cell fax tel telefon telefonnummer handy
        handynummer telefono telefone telefoonnummer mobil mobilnummer movil celular portable msisdn
        whatsapp telefax""",
    "name": """firstname givenname forename lastname surname familyname fullname middlename maidenname nickname
        displayname username loginname screenname vorname nachname familienname zuname benutzername prenom nomdefamille
        nomcomplet apellido apellidos nombrecompleto cognome nomecompleto sobrenome voornaam achternaam tussenvoegsel
        imie nazwisko fornavn etternavn efternamn fornamn assignedto createdby updatedby modifiedby""",
    "iban": "iban bankaccount accountnumber bankkonto kontonummer cuentabancaria numerodecompte contobancario",
    "card": "cardnumber creditcard creditcardnumber kreditkarte kartennummer pan cvv cvc numerotarjeta cartebancaire",
    "address": """streetaddress homeaddress postaladdress mailingaddress billingaddress shippingaddress deliveryaddress
        addressline housenumber hausnummer hausnr wohnort anschrift wohnadresse""",
    "id": """ssn socialsecurity socialsecuritynumber taxid taxnumber nationalid nationalidnumber passport passportnumber
        passportno idcard identitycard personnummer nino nif nie dni cpf cnpj codicefiscale pesel bsn
        steuerid steuernummer sozialversicherungsnummer aadhaar driverlicense driverslicense drivinglicence fuhrerschein
        ausweisnummer reisepass licenseplate kennzeichen nir numerosecu""",
    "ip": "ip ipaddress ipaddr ipv4 ipv6 clientip remoteip remoteaddr userip",
    "birth_date": """birthdate born bornon dateofbirth dob birthday birthyear yearofbirth geburtsdatum geburtstag
        geburtsjahr fechanacimiento fechadenacimiento datenaissance datedenaissance datadinascita datanascita
        datanascimento datadenascimento geboortedatum fodselsdato fodelsedatum dataurodzenia""",
    "secret": """password passwd passwort kennwort pwd secret clientsecret token accesstoken refreshtoken authtoken
        apikey privatekey contrasena motdepasse senha wachtwoord haslo pin""",
}

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {word: kind for kind, words in _BY_KIND.items() for word in words.split()}
)
"""The kind of personal data that a word tells, whatever stands around it."""

PEOPLE: Final = _set(
    """person people user customer client contact employee patient passenger driver member author owner guest
    subscriber student teacher applicant candidate visitor holder cardholder recipient sender buyer seller beneficiary
    tenant resident citizen voter donor attendee participant assignee reviewer manager spouse guardian
    kunde kundin mitarbeiter patientin fahrer benutzer empfanger absender besitzer inhaber mieter
    cliente usuario empleado paciente conductor autor propietario destinatario utilisateur employe passager auteur
    proprietaire destinataire utente dipendente paziente autore klant gebruiker medewerker eigenaar klient
    uzytkownik pracownik"""
)
"""Words for people: the `name` and the `address` beside or below them are personal."""

NAMES: Final = _set("name nombre nome nom naam navn namn nazwa nimi")
"""Words for a name of anything."""

ADDRESSES: Final = _set(
    """address addr adresse adress street streetname strasse str rue calle via straat ulica gate direccion domicilio
    indirizzo endereco adres zip zipcode postcode postalcode plz codepostal codigopostal cap cep"""
)
"""Words for an address, of a person unless it is that of a place."""

PLACES: Final = _set(
    """station stop store shop venue office hospital school restaurant branch facility location site airport port hotel
    museum library building company organisation organization provider operator agency warehouse plant
    haltestelle bahnhof filiale geschaft laden firma boutique magasin gare tienda negozio stazione winkel"""
)
"""Words for places and organisations, whose addresses are not personal."""

NEUTRAL: Final = _set(
    """count number at on verified confirmed type kind status state version app total enabled flag id code format
    domain template sent opened changed updated created expires expiry rate size length hash valid label"""
)
"""Words behind which a word of a kind does not tell it: `email_count`, `phone_verified_at`."""

ALONE: Final = _set("pin pan cap via str cep nie nir rue cell portable mobile login token plz zip gate ip mail calle")
"""Words that mean too much else beside others: `market_cap`, `cell_size`, `mobile_version`."""
