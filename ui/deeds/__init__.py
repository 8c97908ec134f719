"""What the user sets in motion, a file per concern: between the parts of the window and the desk."""
