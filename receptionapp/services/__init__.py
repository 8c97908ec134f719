"""Use cases, a file per noun. Each reads or writes Leyr and the ledger, then tells the store. No Qt of their own."""
