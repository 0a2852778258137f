"""The wire format of the mapper, version 1: requests, responses, and the shapes that they carry."""
