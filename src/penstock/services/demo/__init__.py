"""The demo: a small provider on loopback, and the journey of a user through Penstock with it."""
