"""SQL DDL: tables as records."""

from penstock.readers.ddl.read import DdlReader
from penstock.readers.ddl.write import DdlWriter

READER = DdlReader()
WRITER = DdlWriter()
