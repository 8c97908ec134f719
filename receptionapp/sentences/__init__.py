"""Sentences that windows and commands share, in the language of the screen. Below both; of Qt only its translator."""
