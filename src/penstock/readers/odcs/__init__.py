"""Data contracts: the Open Data Contract Standard 3."""

from penstock.readers.odcs.read import OdcsReader
from penstock.readers.odcs.write import OdcsWriter

READER = OdcsReader()
WRITER = OdcsWriter()
