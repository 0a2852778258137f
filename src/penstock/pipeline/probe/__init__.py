"""From one answer of an API to a proposal: where the records are, what identifies them, how to page and to sign in.

Everything here is a pure function of what was answered; who asks, and whether, is decided by the caller.
"""
