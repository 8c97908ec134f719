"""The day on paper: what the sheet says, where it stands on the pages, and the dialog that shows and prints them."""
