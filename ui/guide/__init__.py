"""The user guide (F1): its pages, its window, and which page goes with what has the keyboard."""
