"""Everything that is held about one person: shown as figures, saved as a document, wiped."""
