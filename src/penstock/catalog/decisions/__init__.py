"""Decides what counts mean: types, maps, enumerations, the shape that tables are built on."""
