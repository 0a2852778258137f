"""What URLs say, and what they must not show."""

import pytest

from penstock.pipeline.probe.urls import dataset_name, mask_url, provider_name, with_parameters


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?page=2", "https://a.example/x?page=2"),
        ("https://me:pw@a.example:8443/x", "https://***@a.example:8443/x"),
        ("https://a.example/x?q=a%20b&api_key=abc", "https://a.example/x?q=a%20b&api_key=***"),
        ("https://a.example/x?q=ghp_abcdefghijklmnop", "https://a.example/x?q=***"),
        ("https://a.example/x?page_token=abc#frag", "https://a.example/x?page_token=abc"),
        ("http://[broken", "(a URL that cannot be read)"),
    ],
)
def test_urls_are_shown_without_secrets(url: str, shown: str) -> None:
    assert mask_url(url) == shown


@pytest.mark.parametrize(
    ("url", "provider", "dataset"),
    [
        ("https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_week.geojson", "usgs", "all_week"),
        ("https://api.github.com/repos/o/r/issues?per_page=3", "github", "issues"),
        ("https://pokeapi.co/api/v2/berry/", "pokeapi", "berry"),
        ("https://api.worldbank.org/v2/country/MX/indicator/NY.GDP.MKTP.CD", "worldbank", "ny_gdp_mktp_cd"),
        ("https://gbfs.example.co.uk/gbfs/en/station_status.json", "example", "station_status"),
        ("https://restcountries.com/v3.1/all", "restcountries", "records"),
        ("http://127.0.0.1:8000/", "local", "records"),
        ("http://localhost/2024/7", "local", "records"),
        ("https://api.example.org/3d-models", "example", "records_3d_models"),
    ],
)
def test_names_from_urls(url: str, provider: str, dataset: str) -> None:
    assert (provider_name(url), dataset_name(url)) == (provider, dataset)


def test_parameters_replace_those_of_the_same_name() -> None:
    assert with_parameters("https://a.example/?b=1&page=1&b=2", {"page": 2}) == "https://a.example/?b=1&b=2&page=2"
