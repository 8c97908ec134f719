"""One field that finds patients, free times, days and commands."""
