"""The spec of a pipeline, `penstock.yml`: `load_spec` and `check_spec` read it, `write_spec` writes it."""
