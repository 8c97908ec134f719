"""What lies across the window, above or below the book, while there is something to say or to do."""
