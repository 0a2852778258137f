"""The spec of a pipeline, `penstock.yml`."""
