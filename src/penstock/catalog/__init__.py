"""Facts about data: profiles, the catalog of a dataset, the shape that follows from it."""
