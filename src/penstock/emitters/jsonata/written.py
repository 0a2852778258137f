"""Functions that a written expression defines where it needs them, each with those that it calls itself.

JSONata takes a list of one element for that element, but where `[]` stands behind it: and that counts only where the
list is given a name, not where it is the last thing that a function does.
"""

from collections.abc import Iterable
from typing import Final

LARGEST: Final = 9007199254740991
"""Whole numbers beyond this are not exact in JSONata."""

_PLAIN: Final = '$type($v) in ["null", "function"] ? $v'
_DAY: Final = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
_ZONE: Final = "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"

DEFINITIONS: Final = {
    "reject": "function($reason) { function() { $reason } }",
    "misfit": 'function($problem) { $reject("the source value " & $problem) }',
    "stops": 'function($v) { $type($v) in ["null", "function"] }',
    "field": "function($holder, $name) { "
    '$type($holder) = "object" ? ($v := $lookup($holder, $name); $exists($v) ? $v : null) : '
    '$exists($holder) ? ($type($holder) in ["null", "function"] ? $holder : $misfit("is not an object")) : null }',
    "json_field": "function($holder, $name) { "
    '$type($holder) = "object" ? ($v := $lookup($holder, $name); $exists($v) ? $v : null) : '
    '$type($holder) = "function" ? $holder : null }',
    "text": f'function($v) {{ $type($v) = "string" ? $v : {_PLAIN} : $misfit("is not a text") }}',
    "integer": f'function($v) {{ $type($v) = "number" ? ($floor($v) = $v ? ($abs($v) <= {LARGEST} ? $v '
    f': $misfit("does not fit 53 bits")) : $misfit("is not an integer")) : {_PLAIN} : $misfit("is not an integer") }}',
    "float": f'function($v) {{ $type($v) = "number" ? $v : {_PLAIN} : $misfit("is not a number") }}',
    "boolean": f'function($v) {{ $type($v) = "boolean" ? $v : {_PLAIN} : $misfit("is not a boolean") }}',
    "json": "function($v) { $v }",
    "is_day": f'function($v) {{ $contains($v, /^{_DAY}$/) and $substring($v, 0, 4) != "0000" '
    "and $substring($fromMillis($toMillis($v)), 0, 10) = $v }",
    "date": f'function($v) {{ {_PLAIN} : $type($v) = "string" ? ($is_day($v) ? $v : $misfit("is not a date")) '
    ': $misfit("is not a date") }',
    "fraction": "function($v) { ($found := $match($v, /\\.([0-9]+)/).groups[0]; "
    '$exists($found) and $number($found) != 0 ? "." & $replace($found, /0+$/, "") : "") }',
    "timestamp": f'function($v) {{ {_PLAIN} : $type($v) != "string" ? $misfit("is not a timestamp") : '
    f'$contains($v, /^{_DAY}[T ]{_CLOCK}$/) ? $misfit("has no zone") : '
    f'$not($contains($v, /^{_DAY}[T ]{_CLOCK}{_ZONE}$/)) ? $misfit("is not a timestamp") : '
    '$not($is_day($substring($v, 0, 10))) ? $misfit("is not a timestamp") : '
    '($zone := $match($v, /(Z|[+-]..:..)$/).match; $at := $fromMillis($toMillis($substring($v, 0, 10) & "T" & '
    '$substring($v, 11, 8) & $zone)); $contains($at, /^[0-9]{4}-/) and $substring($at, 0, 4) != "0000" '
    '? $substring($at, 0, 19) & $fraction($v) & "Z" : $misfit("is not a timestamp")) }',
    "local_timestamp": f'function($v) {{ {_PLAIN} : $type($v) != "string" ? $misfit("is not a timestamp") : '
    f'$contains($v, /^{_DAY}[T ]{_CLOCK}{_ZONE}$/) ? $misfit("has a zone") : '
    f"$contains($v, /^{_DAY}[T ]{_CLOCK}$/) and $is_day($substring($v, 0, 10)) "
    '? $substring($v, 0, 10) & "T" & $substring($v, 11, 8) & $fraction($v) : $misfit("is not a timestamp") }',
    "time": f'function($v) {{ {_PLAIN} : $type($v) = "string" ? ($contains($v, /^{_CLOCK}$/) '
    '? $substring($v, 0, 8) & $fraction($v) : $misfit("is not a time")) : $misfit("is not a time") }',
    "listed": f'function($v, $values) {{ {_PLAIN} : $v in $values ? $v : $misfit("is not one of the listed values") }}',
    "not_null": 'function($v) { $v = null ? $misfit("is null") : $v }',
    "for_all": "function($list, $f) { $count($list) = 0 ? [] : ($made := $map($list, $f)[]; $made) }",
    "there": "function($list) { ($found := $filter($list, function($v) { $v != null })[]; "
    "$exists($found) ? $found : []) }",
    "kept": "function($list, $f) { ($found := $filter($list, $f)[]; $exists($found) ? $found : []) }",
    "sortable": 'function($v) { $type($v) = "string" ? $replace($v, /[\\uD800-\\uDBFF]/, "\uffff$0") : '
    '$type($v) = "boolean" ? $string($v) : $v }',
    "in_order": "function($list, $key, $descending) { $count($list) = 0 ? [] : "
    "($made := $sort($list, function($l, $r) { "
    "($a := $sortable($key($l)); $b := $sortable($key($r)); "
    "$a = null ? $b != null : $b = null ? false : $descending ? $a < $b : $a > $b) })[]; $made) }",
    "first_of": "function($list, $key) { ($keys := $for_all($list, $key); $kept($list, function($one, $at) { "
    "$count($filter($keys, function($each, $place) { $place < $at and $each = $keys[$at] })) = 0 })) }",
    "or_null": "function($v) { $exists($v) ? $v : null }",
    "first_reject": 'function($list) { $filter($list, function($v) { $type($v) = "function" })[0] }',
    "all_or_reject": "function($list) { ($bad := $first_reject($list); $exists($bad) ? $bad : $list) }",
    "list": f'function($v, $read) {{ {_PLAIN} : $type($v) = "array" ? $all_or_reject($for_all($v, $read)) '
    ': $misfit("is not a list") }',
    "objects": f'function($v, $nulls) {{ {_PLAIN} : $type($v) != "array" ? $misfit("is not a list") : '
    '($bad := $filter($v, function($each) { $not($type($each) = "object" or $nulls and $each = null) })[]; '
    '$exists($bad) ? $misfit($bad[0] = null ? "is null" : "is not an object") : $v) }',
    "map_of": f'function($v, $read) {{ {_PLAIN} : $type($v) != "object" ? $misfit("is not an object") : '
    "($values := $each($v, function($each) { $read($each) })[]; $bad := $first_reject($values); "
    "$exists($bad) ? $bad : $merge($each($v, function($each, $key) { {$key: $read($each)} })[])) }",
    "part_of": "function($v, $holds) { "
    '$type($v) = "function" ? $misfit($holds & $substringAfter($v(), "the source value ")) : $v }',
    "all_rejects": "function($list) { ($bad := [$map($list, function($v) { "
    '$type($v) = "function" ? $v() })]; $count($bad) = 0 ? $list : '
    '$type($bad[0]) = "string" ? $reject($bad[0]) : $rejects($bad[$type($) = "object"])) }',
    "rejects": "function($list) { function() { $list } }",
    "why": 'function($path, $v, $required) { $type($v) = "function" ? ($reason := $v(); '
    '$type($reason) = "string" ? {"path": $path, "reason": $reason} : $reason) : '
    '$required and $v = null ? {"path": $path, "reason": "is required, but there is no value"} }',
    "or_default": "function($v, $required, $default) { "
    '$type($v) = "function" or ($required and $v = null) ? $default : $v }',
}


def with_needed(names: Iterable[str]) -> list[str]:
    """The names of functions in their order, with those that these call."""
    wanted = list(names)
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += [each for each in DEFINITIONS if f"${each}(" in DEFINITIONS[name]]
    return [each for each in DEFINITIONS if each in found]
