"""The guided tour of practice mode: a card above the book, an outline around the control that is meant, no overlay."""
