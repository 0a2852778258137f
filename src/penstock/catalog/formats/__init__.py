"""The formats of texts: dates, numbers, codes, addresses."""
