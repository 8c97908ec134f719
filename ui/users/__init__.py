"""Named people at the desk."""
