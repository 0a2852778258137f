"""Wall clock times of a zone."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from penstock.mapping.arguments import constant_of, type_of
from penstock.mapping.check.problem import LeafError
from penstock.mapping.operation import REJECTED, Constant, Example, Spelling, Sql, Unsupported, operation
from penstock.mapping.typed import Arguments
from penstock.schema import Timestamp, Type


def _other_zone(arguments: Arguments) -> Type:
    zone = constant_of(arguments, "zone")
    try:
        ZoneInfo(str(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise LeafError("bad_constant", f"there is no zone {zone!r}", "use a name such as Europe/Berlin") from None
    return Timestamp(zone=not getattr(type_of(arguments), "zone", True))


_INSTANT: Final = "({value} AT TIME ZONE {zone})"
_AMBIGUOUS: Final = (
    f"{_INSTANT} AT TIME ZONE {{zone}} <> {{value}} "
    f"OR ({_INSTANT} + INTERVAL '1 hour') AT TIME ZONE {{zone}} = {{value}} "
    f"OR ({_INSTANT} - INTERVAL '1 hour') AT TIME ZONE {{zone}} = {{value}}"
)
_SPARK_INSTANT: Final = "CAST(CONVERT_TIMEZONE({zone}, 'UTC', {value}) AS TIMESTAMP)"
_SPARK_BACK: Final = f"CONVERT_TIMEZONE('UTC', {{zone}}, CAST({_SPARK_INSTANT} AS TIMESTAMP_NTZ){{moved}})"


def _spark_ambiguous() -> str:
    same = [_SPARK_BACK.replace("{moved}", each) for each in ("", " + INTERVAL 1 HOUR", " - INTERVAL 1 HOUR")]
    return f"{same[0]} <> {{value}} OR {same[1]} = {{value}} OR {same[2]} = {{value}}"


@operation(
    sql={
        "timestamp": Sql(
            "{value} AT TIME ZONE {zone}",
            spelled={
                "postgres": "{value} AT TIME ZONE {zone}",
                "spark": "CONVERT_TIMEZONE('UTC', {zone}, CAST({value} AS TIMESTAMP_NTZ))",
            },
        ),
        "timestamp(local)": Sql(
            _INSTANT,
            fails=_AMBIGUOUS,
            spelled={
                "postgres": Spelling(_INSTANT, fails=_AMBIGUOUS),
                "spark": Spelling(_SPARK_INSTANT, fails=_spark_ambiguous()),
            },
        ),
    },
    jsonata=Unsupported("JSONata does not know zones"),
    ballerina=Unsupported("its time zones need a value of their own"),
    rejects="is not a time there, or two, because clocks were changed",
    result=_other_zone,
    inverse=lambda call: call,
    examples=[
        Example((datetime(2024, 7, 1, 12, tzinfo=UTC), "Europe/Berlin"), datetime(2024, 7, 1, 14)),  # noqa: DTZ001
        Example((datetime(1969, 7, 20, 20, tzinfo=UTC), "America/New_York"), datetime(1969, 7, 20, 16)),  # noqa: DTZ001
        Example((datetime(2024, 1, 1, 12), "Asia/Kolkata"), datetime(2024, 1, 1, 6, 30, tzinfo=UTC)),  # noqa: DTZ001
        Example((None, "UTC"), None),
        Example((datetime(2024, 3, 31, 2, 30), "Europe/Berlin"), REJECTED, "clocks went from 2 to 3"),  # noqa: DTZ001
        Example((datetime(2024, 10, 27, 2, 30), "Europe/Berlin"), REJECTED, "it was 2:30 twice"),  # noqa: DTZ001
    ],
)
def at_timezone(value: datetime, zone: Constant[str]) -> datetime:
    """Give the wall clock time of a timestamp in a zone; of a wall clock time in a zone, the timestamp."""
    place = ZoneInfo(zone)
    if value.tzinfo:
        return value.astimezone(place).replace(tzinfo=None)
    moment = value.replace(tzinfo=place).astimezone(UTC)
    hour = timedelta(hours=1)
    there = [each.astimezone(place).replace(tzinfo=None) for each in (moment, moment + hour, moment - hour)]
    if there[0] != value or value in there[1:]:
        raise ValueError
    return moment
