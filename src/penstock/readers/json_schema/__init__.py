"""JSON Schema."""

from penstock.readers.json_schema.read import JsonSchemaReader
from penstock.readers.json_schema.write import JsonSchemaWriter

READER = JsonSchemaReader()
WRITER = JsonSchemaWriter()
