"""The keywords of JSON Schema, by what they say of a type."""

from typing import Final

KINDS: Final = ("object", "array", "string", "number", "integer", "boolean")

IMPLIED: Final = {
    "object": ("properties", "additionalProperties", "patternProperties", "required", "unevaluatedProperties"),
    "array": ("items", "prefixItems", "contains", "additionalItems"),
    "string": ("format", "pattern", "minLength", "maxLength", "contentEncoding"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}
"""The type that is meant where a keyword stands without one."""

CHOICES: Final = ("oneOf", "anyOf")

SHAPING: Final = frozenset(
    {"$ref", "$dynamicRef", "$recursiveRef", "type", "enum", "const", "allOf", *CHOICES, "x-penstock-type"}
).union(*IMPLIED.values()) - {"required"}
"""Keywords that say what a value is; others describe it or restrict it further."""

COMPOSING: Final = frozenset({"$ref", "$dynamicRef", "$recursiveRef", "allOf", *CHOICES})
"""Keywords whose values are other schemas for the same value."""

SAYING: Final = SHAPING | {"required"}
"""Keywords because of which a schema is more than a reference beside them."""

RULES: Final = frozenset(
    {"pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems"}
    | {"maxItems", "uniqueItems", "contains", "minContains", "maxContains", "minProperties", "maxProperties"}
    | {"propertyNames", "dependentRequired", "dependentSchemas", "dependencies", "not", "if", "unevaluatedItems"}
)
"""Keywords whose meaning no type holds."""

REFERENCES: Final = ("$ref", "$dynamicRef", "$recursiveRef")
"""Keywords that lead to another schema."""
