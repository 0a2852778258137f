"""The providers that can be replayed, as data. A new one is a new entry and a folder of recordings."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.providers.engine import Cut, Details, File, Load, Pages, Refusal, Site

OWN = Path(__file__).parent / "recordings"
"""Recordings that are invented (see the README there); they are always present."""

SHARED = Path(__file__).parents[3] / "shared" / "data" / "api"
"""Recordings of the real providers, beside the project; not everybody has them."""

Page = tuple[object, Mapping[str, str]]


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def joined(pattern: str, *steps: str | int) -> Load:
    """The records of all recorded pages, each at `steps` in its file, in the order of the files' names."""

    def load(folder: Path) -> list[Any]:
        found: list[Any] = []
        for file in sorted(folder.glob(pattern)):
            records = read(file)
            for step in steps:
                records = records[step]
            found += records
        return found

    return load


def link_header(cut: Cut) -> Page:
    """GitHub: the page is the list, the links are in a header; the first page has no `prev`, the last no `next`."""
    relations = {
        "prev": cut.previous,
        "next": cut.next,
        "last": cut.link((cut.last - 1) * cut.size) if cut.next else None,
        "first": cut.link(0) if cut.previous else None,
    }
    links = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in relations.items() if url)
    return list(cut.records), {"Link": links} if links else {}


def next_url(cut: Cut) -> Page:
    """PokeAPI: the URL of the next page stands in the page."""
    return {
        "count": cut.total,
        "next": cut.next,
        "previous": cut.previous,
        "results": list(cut.records),
    }, {}


def relative_next_url(cut: Cut) -> Page:
    """PokeAPI as its public dump has it: links without a host."""
    page, headers = next_url(cut)
    assert isinstance(page, dict)
    links = {name: page[name] and "/" + page[name].split("/", 3)[3] for name in ("next", "previous")}
    return {**page, **links}, headers


def paging_and_rows(cut: Cut) -> Page:
    """World Bank: a list of two, the paging and the rows."""
    paging = {"page": cut.number, "pages": cut.last, "per_page": cut.size, "total": cut.total, "sourceid": "2"}
    return [paging, list(cut.records)], {}


def meta_and_results(cut: Cut) -> Page:
    """openFDA: the paging in `meta.results`."""
    paging = {"skip": cut.start, "limit": cut.size, "total": cut.total}
    return {"meta": {"disclaimer": "Invented or recorded.", "results": paging}, "results": list(cut.records)}, {}


GBFS_FEEDS = (
    "gbfs",
    "gbfs_versions",
    "system_information",
    "vehicle_types",
    "station_information",
    "station_status",
    "free_bike_status",
    "system_regions",
    "system_pricing_plans",
    "system_hours",
    "system_calendar",
    "system_alerts",
)

GBFS3_FEEDS = ("vehicle_status", "station_information")

BERRIES = "/api/v2/berry/"
ISSUES = "/repos/octokit-fixture-org/paginate-issues/issues"
INDICATOR = "/v2/country/MX/indicator/NY.GDP.MKTP.CD"


def pokeapi(*, has_absolute_links: bool) -> Site:
    return Site(
        "pokeapi",
        (
            Pages(
                BERRIES,
                joined("berry/page_*.json", "results"),
                next_url if has_absolute_links else relative_next_url,
                position="offset",
                limit="limit",
                is_numbered=False,
            ),
            Details(f"{BERRIES}{{}}/", joined("berry/details.json"), "id"),
        ),
        own_urls={'"/api/v2/': '"{url}/api/v2/'} if has_absolute_links else {},
    )


SITES = {
    "usgs": Site(
        "usgs_earthquakes",
        (File("/feed/all_week.geojson", ("poll_1.geojson", "poll_2.geojson")),),
    ),
    "github": Site(
        "github_issues",
        (
            Pages(
                ISSUES,
                joined("response_*.json", "response"),
                link_header,
                size=3,
                linked_path="/repositories/1000/issues",
                kept=("state", "since"),
            ),
        ),
    ),
    "pokeapi": pokeapi(has_absolute_links=True),
    "pokeapi_relative": pokeapi(has_absolute_links=False),
    "gbfs": Site(
        "gbfs",
        tuple(File(f"/{feed}", (f"v2.3/{feed}.json",)) for feed in GBFS_FEEDS),
        own_urls={"https://test.com/": "{url}/"},
    ),
    "gbfs3": Site("gbfs", tuple(File(f"/{feed}", (f"v3.0/{feed}.json",)) for feed in GBFS3_FEEDS)),
    "worldbank": Site(
        "worldbank_indicator",
        (
            Refusal(lambda request: request.path.startswith("/v2/") and request.path != INDICATOR, "error.json"),
            Pages(INDICATOR, joined("page_*.json", 1), paging_and_rows, size=50, kept=("format",)),
        ),
    ),
    "openfda": Site(
        "openfda",
        (
            Pages(
                "/drug/event.json",
                joined("drug_event.json", "results"),
                meta_and_results,
                position="skip",
                limit="limit",
                size=1,
                is_numbered=False,
                kept=("search",),
            ),
            File("/device/recall.json", ("recall_enforcement.json",)),
        ),
    ),
    "countries": Site("countries", (File("/v3.1/all", ("countries.json",)),)),
    "datausa": Site("datausa_population", (File("/api/data", ("nation_population.json",)),)),
}
