"""What the program says: sentences for a receptionist, and how times, names and numbers are written."""
