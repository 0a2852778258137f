"""Rules about where things run: buckets, time limits, schedules."""

import ipaddress
import re
from collections.abc import Iterable, Iterator

from penstock.errors import ScheduleError
from penstock.pipeline.spec.document import Place
from penstock.pipeline.spec.model import Spec, TimeOuts
from penstock.pipeline.spec.rules.rule import Problem, rule
from penstock.pipeline.spec.schedule import parse_schedule, shortest_gap

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
SENSIBLE_MINUTES = 5


def bucket_of(url: str) -> str | None:
    """The bucket of an s3:// URL."""
    return url[len("s3://") :].partition("/")[0] if url.lower().startswith("s3://") else None


def bucket_problem(bucket: str) -> str:
    """What S3 has against the name, in words; empty if nothing."""
    if bucket != bucket.lower():
        return "has upper case letters"
    if not _BUCKET.fullmatch(bucket):
        return "is not 3 to 63 of a-z, 0-9, '-' and '.', with a letter or digit at both ends"
    if ".." in bucket or bucket.startswith(("xn--", "sthree-")) or bucket.endswith(("-s3alias", "--ol-s3")):
        return "uses a form that S3 keeps for itself"
    try:
        ipaddress.ip_address(bucket)
    except ValueError:
        return ""
    return "has the form of an IP address"


@rule("SPEC170")
def bucket_names(spec: Spec) -> Iterable[Problem]:
    """Buckets have names that S3 accepts."""
    for place, bucket in _buckets(spec):
        if problem := bucket_problem(bucket):
            proposal = re.sub(r"[^a-z0-9-]+", "-", bucket.lower()).strip("-")
            message = f"The bucket name {bucket!r} {problem}."
            yield Problem(place, message, f"Use a name such as {proposal!r}." if len(proposal) > 2 else "Change it.")  # noqa: PLR2004  # S3's shortest name is 3


def _buckets(spec: Spec) -> Iterator[tuple[Place, str]]:
    if spec.deployment.bucket is not None:
        yield ("deployment", "bucket"), spec.deployment.bucket
    if (bucket := bucket_of(spec.landing.url)) is not None:
        yield ("landing", "url"), bucket


@rule("SPEC171")
def two_buckets(spec: Spec) -> Iterable[Problem]:
    """`landing.url` and `deployment.bucket` name the same bucket."""
    landing, deployed = bucket_of(spec.landing.url), spec.deployment.bucket
    if landing is not None and deployed is not None and landing != deployed:
        message = f"The handler would write to {deployed!r}, but {landing!r} would be read."
        yield Problem(("deployment", "bucket"), message, "Name one bucket, or leave 'deployment.bucket' out.")


@rule("SPEC172")
def landing_scheme(spec: Spec) -> Iterable[Problem]:
    """The landing zone is a folder or an s3:// URL."""
    url = spec.landing.url
    if not url or ("://" in url and bucket_of(url) is None):
        message = "The landing zone must be a folder or s3://bucket/prefix."
        yield Problem(("landing", "url"), message, "Write 'landing', or 's3://my-bucket/prefix'.")


@rule("SPEC173")
def deployed_without_bucket(spec: Spec) -> Iterable[Problem]:
    """In the cloud the landing zone is a bucket: a function's own disk is lost."""
    if spec.deployment.kind == "aws_lambda" and spec.deployment.bucket is None and bucket_of(spec.landing.url) is None:
        message = "A deployed handler needs a bucket: the disk it runs on is thrown away."
        yield Problem(("deployment",), message, "Add 'deployment.bucket', or use an s3:// URL under 'landing'.")


@rule("SPEC174")
def waits_too_long(spec: Spec) -> Iterable[Problem]:
    """A time-out is shorter than the deployed function may run."""
    if spec.deployment.kind != "aws_lambda":
        return
    limit = spec.deployment.timeout_seconds
    waits: list[tuple[Place, TimeOuts]] = [(("provider", "time_outs"), spec.provider.time_outs)]
    waits += [
        (("datasets", name, "time_outs"), each.time_outs) for name, each in spec.datasets.items() if each.time_outs
    ]
    for place, wait in waits:
        if wait.connect + wait.read >= limit:
            message = f"One call may take {wait.connect + wait.read:g} s, but the function is ended after {limit} s."
            yield Problem(place, message, "Shorten the time-outs, or raise 'deployment.timeout_seconds'.")


@rule("SPEC175")
def unreadable_schedule(spec: Spec) -> Iterable[Problem]:
    """The schedule can be read."""
    if spec.schedule is not None:
        try:
            parse_schedule(spec.schedule)
        except ScheduleError as error:
            problem, _, hint = str(error).partition("\nHint: ")
            yield Problem(("schedule",), problem, f"{hint[:1].upper()}{hint[1:]}")


@rule("SPEC176", "warning")
def hasty_schedule(spec: Spec) -> Iterable[Problem]:
    """Runs are not so frequent that they meet, or that a provider would object."""
    try:
        minutes = shortest_gap(parse_schedule(spec.schedule)) if spec.schedule else None
    except ScheduleError:
        return
    if minutes is None:
        return
    if minutes < SENSIBLE_MINUTES:
        message = f"A run every {minutes} minute(s) is more than most providers allow."
        yield Problem(("schedule",), message, f"Wait at least {SENSIBLE_MINUTES} minutes, or ask the provider.")
    if spec.deployment.kind == "aws_lambda" and minutes * 60 < spec.deployment.timeout_seconds:
        message = "The next run may start while the last one still works."
        yield Problem(("schedule",), message, "Lengthen the schedule, or lower 'deployment.timeout_seconds'.")
