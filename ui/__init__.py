"""Every widget. Nothing here speaks HTTP or SQL."""
