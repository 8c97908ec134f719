"""The locked desk: what is shown, what is taken off the screen, and when."""
