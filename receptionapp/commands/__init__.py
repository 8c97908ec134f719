"""What the program does without a window, a file per command. All but `ledger` are read when they are run."""
