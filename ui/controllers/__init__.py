"""What connects the parts of the window to the services, a file per concern."""
