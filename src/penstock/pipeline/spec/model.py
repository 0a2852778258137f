"""The spec of a pipeline, `penstock.yml`, as typed data.

What a field means for a person is its description: it is published in the JSON Schema, in the
reference page and in editors. Rules that need several fields stand in `penstock.pipeline.spec.rules`.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

SPEC_VERSION = "penstock/1"

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,62}$")]
"""A name that is safe in folders, tables and environment variables."""

EnvironmentName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
"""The name of an environment variable; never its value."""

Seconds = Annotated[float, Field(gt=0)]


class Part(BaseModel):
    """Base of all parts of a spec: unknown keys are errors, data is frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# --- How to sign in ---------------------------------------------------------------------------


class NoAuth(Part):
    """The API is open."""

    kind: Literal["none"] = "none"


class BearerAuth(Part):
    """A token in the `Authorization: Bearer` header."""

    kind: Literal["bearer"]
    token_env: EnvironmentName = Field(description="Environment variable that holds the token.")


class ApiKeyAuth(Part):
    """A key in a header or in the query."""

    kind: Literal["api_key"]
    key_env: EnvironmentName = Field(description="Environment variable that holds the key.")
    place: Literal["header", "query"] = Field("header", alias="in", description="Where the key goes.")
    name: str = Field("X-API-Key", description="Name of the header or query parameter.")


class BasicAuth(Part):
    """User name and password."""

    kind: Literal["basic"]
    username_env: EnvironmentName = Field(description="Environment variable that holds the user name.")
    password_env: EnvironmentName = Field(description="Environment variable that holds the password.")


class OAuth2Auth(Part):
    """OAuth 2.0 client credentials: a token is fetched before the first call and when it expires."""

    kind: Literal["oauth2"]
    token_url: str = Field(description="URL that gives the token.")
    client_id_env: EnvironmentName = Field(description="Environment variable that holds the client id.")
    client_secret_env: EnvironmentName = Field(description="Environment variable that holds the client secret.")
    scope: str | None = Field(None, description="Scopes to ask for, separated by blanks.")


Auth = Annotated[NoAuth | BearerAuth | ApiKeyAuth | BasicAuth | OAuth2Auth, Field(discriminator="kind")]


# --- How to page ------------------------------------------------------------------------------


class NoPaging(Part):
    """One answer holds everything."""

    kind: Literal["none"] = "none"


class PageNumberPaging(Part):
    """`?page=1`, `?page=2`, … until a page is empty or the last page is reached."""

    kind: Literal["page_number"]
    parameter: str = Field("page", description="Query parameter that takes the number.")
    start: int = Field(1, description="Number of the first page.")
    size_parameter: str | None = Field(None, description="Query parameter for the page size, if any.")
    size: int | None = Field(None, gt=0, description="Records to ask for in a page.")
    total_pages_path: str | None = Field(None, description="Path to the number of pages, if the answer has it.")


class OffsetPaging(Part):
    """`?offset=0&limit=100`, `?offset=100&limit=100`, … until a page is short or empty."""

    kind: Literal["offset"]
    parameter: str = Field("offset", description="Query parameter that takes the position of the first record.")
    limit_parameter: str | None = Field("limit", description="Query parameter for the page size, if any.")
    limit: int = Field(100, gt=0, description="Records in a page.")
    total_path: str | None = Field(None, description="Path to the number of records, if the answer has it.")


class CursorPaging(Part):
    """A token in the answer that asks for the next page."""

    kind: Literal["cursor"]
    parameter: str = Field("cursor", description="Query parameter that takes the token.")
    path: str = Field(description="Path to the token in the answer; the last page has none.")


class NextUrlPaging(Part):
    """The answer holds the URL of the next page."""

    kind: Literal["next_url"]
    path: str = Field(description="Path to the URL in the answer; the last page has none.")


class LinkHeaderPaging(Part):
    """The `Link` header (RFC 8288) holds the URL of the next page under `rel="next"`."""

    kind: Literal["link_header"]


Paging = Annotated[
    NoPaging | PageNumberPaging | OffsetPaging | CursorPaging | NextUrlPaging | LinkHeaderPaging,
    Field(discriminator="kind"),
]


# --- A dataset --------------------------------------------------------------------------------


class Cursor(Part):
    """Asks only for what is new since the last run."""

    path: str = Field(description="Path in a record to the value that grows, such as `updated_at`.")
    parameter: str = Field(description="Query parameter that takes the last value, such as `since`.")
    start: str | int | None = Field(None, description="Value for the first run; without it all is asked for.")
    look_back: str | int | float | None = Field(
        None,
        description="Ask again from so much before the last value, for records that come late: `2 days`, "
        "`90 minutes`; a number is seconds, or for a cursor that is a number, what is taken off it.",
    )
    until_parameter: str | None = Field(
        None, description="Query parameter that takes the end of a range, for `penstock run --since A --until B`."
    )


class ForEach(Part):
    """Fan-out: one call for each value that another dataset holds."""

    dataset: Name = Field(description="The other dataset.")
    path: str = Field(description="Path in the other dataset's records to a URL or an id.")


class RateLimit(Part):
    """At most so many calls in so many seconds."""

    calls: int = Field(gt=0, description="Number of calls.")
    per_seconds: Seconds = Field(1.0, description="Length of the time in which they are counted, in seconds.")


class TimeOuts(Part):
    """How long to wait for the provider, in seconds."""

    connect: Seconds = Field(10.0, description="For the connection.")
    read: Seconds = Field(60.0, description="For the next piece of the answer.")


class Dataset(Part):
    """One kind of record that the provider has."""

    endpoint: str = Field(
        "",
        description="URL, or a path below the provider's `base_url`. With `for_each`, `{value}` is replaced "
        "(and a value that is itself a URL needs no endpoint).",
    )
    method: Literal["GET", "POST"] = Field("GET", description="HTTP method.")
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict, description="Query parameters.")
    headers: dict[str, str] = Field(default_factory=dict, description="Headers; no secrets here.")
    body: JsonValue = Field(None, description="JSON body of a POST.")
    format: Literal["json", "ndjson"] = Field("json", description="One document a page, or one a line.")
    records: str = Field(
        "",
        description="Path to the records in a page, a list or one object; a whole number steps into a list, as in "
        "`1.rows`. Empty: the page itself.",
    )
    key: tuple[str, ...] = Field((), description="Paths that identify a record.")
    cursor: Cursor | None = Field(None, description="How to ask only for what is new.")
    mode: Literal["append", "merge", "snapshot"] | None = Field(
        None,
        description="append: every record is kept; merge: the newest record of a key; snapshot: as merge, and "
        "records that vanished are closed. Default: merge with a key, else append.",
    )
    paging: Paging = Field(NoPaging(), description="How the next page is asked for.")
    for_each: ForEach | None = Field(None, description="Fan-out: one call for each record of another dataset.")
    auth: Auth | None = Field(None, description="Where it differs from the provider's.")
    time_outs: TimeOuts | None = Field(None, description="Where they differ from the provider's.")

    @property
    def writing_mode(self) -> Literal["append", "merge", "snapshot"]:
        """The mode that is used."""
        return self.mode or ("merge" if self.key else "append")


# --- The pipeline -----------------------------------------------------------------------------


class Provider(Part):
    """Who has the data, and how to ask."""

    name: Name = Field(description="Name of the provider, in folders and environment variables.")
    base_url: str | None = Field(None, description="URL that endpoints are relative to.")
    auth: Auth = Field(NoAuth(), description="How to sign in.")
    rate_limit: RateLimit | None = Field(None, description="How many calls the provider allows.")
    time_outs: TimeOuts = Field(TimeOuts(), description="How long to wait.")
    retries: int = Field(5, ge=0, le=20, description="Tries after the first one for 429, 5xx and broken connections.")


class Landing(Part):
    """Where raw answers are kept."""

    url: str = Field("landing", description="A folder of the project, or s3://bucket/prefix.")
    envelope: Literal["sidecar", "inline"] = Field(
        "sidecar",
        description="sidecar: metadata beside the unchanged file; inline: as {metadata, data} in the file.",
    )


class CatalogSettings(Part):
    """What the catalog of a dataset shows."""

    examples: Literal["none", "masked", "plain"] = Field(
        "masked",
        description="none: no values; masked: values that look personal are masked; plain: all values as they are.",
    )


class Warehouse(Part):
    """Where tables are made."""

    kind: Literal["duckdb"] = Field("duckdb", description="The database.")
    path: str = Field("warehouse.duckdb", description="The DuckDB file, relative to the project.")


class Deployment(Part):
    """Where the handler runs in the cloud."""

    kind: Literal["none", "aws_lambda"] = Field("none", description="none: on this machine only.")
    region: str = Field("eu-west-1", description="AWS region.")
    bucket: str | None = Field(None, description="S3 bucket of the landing zone, lower case.")
    memory_mb: int = Field(256, ge=128, le=10240, description="Memory of the function in MB.")
    timeout_seconds: int = Field(300, gt=0, le=900, description="The function is ended after so many seconds.")


class Spec(Part):
    """A pipeline: where data comes from, how it lands and what becomes of it."""

    penstock: Literal["penstock/1"] = Field(description="Version of this file's format.")
    name: Name = Field(description="Name of the pipeline.")
    description: str = Field("", description="What the pipeline is for.")
    provider: Provider = Field(description="Who has the data.")
    datasets: dict[Name, Dataset] = Field(min_length=1, description="The kinds of records to fetch, by name.")
    schedule: str | None = Field(None, description='In words ("day at 21:00", "15 minutes") or cron; UTC.')
    landing: Landing = Field(Landing(), description="Where raw answers are kept.")
    catalog: CatalogSettings = Field(CatalogSettings(), description="What the catalogs of the datasets show.")
    warehouse: Warehouse = Field(Warehouse(), description="Where tables are made.")
    deployment: Deployment = Field(Deployment(), description="Where the handler runs in the cloud.")
