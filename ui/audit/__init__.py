"""The record of who did what, for administrators."""
