"""Writes documents as JSON Schema 2020-12."""

import json

from penstock.errors import SchemaKindError
from penstock.readers import Document, Written
from penstock.schema.json_schema import only_definitions, to_json_schema


class JsonSchemaWriter:
    """Writes JSON Schema; the main definition is the document, the others stand under `$defs`."""

    language = "json-schema"

    def write(self, document: Document, dialect: str = "") -> Written:
        """The JSON Schema of a document."""
        if dialect:
            raise SchemaKindError(dialect, "JSON Schema is written without a dialect", [])
        types = {each.name: each.type for each in document.definitions if each.name != document.main}
        main = document.by_name().get(document.main)
        schema = only_definitions(types) if main is None else to_json_schema(main.type, main.name, types)
        for each in document.definitions:
            if each.description:
                body = schema if each is main else schema["$defs"][each.name]
                body.setdefault("description", each.description)
        return Written(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
