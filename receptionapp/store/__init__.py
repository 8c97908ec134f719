"""What screens watch: one frozen snapshot, one `apply(change)`, one signal. The only Qt here is QtCore."""
