"""Where things run: processes, the local warehouse, storage, progress events."""
