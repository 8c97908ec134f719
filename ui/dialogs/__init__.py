"""Windows that ask for something. Opened with `open()`, never `exec()`: a nested loop kills other tasks."""
