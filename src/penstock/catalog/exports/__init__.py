"""A catalog in other languages: a data contract, a page to look at."""
