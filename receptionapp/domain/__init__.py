"""Frozen values and pure functions in the clinic's words. Imports nothing of ours and no I/O."""
