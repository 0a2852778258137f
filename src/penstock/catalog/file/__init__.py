"""The catalog as a YAML file that people and pipelines work on together."""
