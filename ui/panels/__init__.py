"""Right of the book: booking happens here, without covering it."""
