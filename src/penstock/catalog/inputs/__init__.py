"""Reads data files of any kind into a profiler, part by part."""
