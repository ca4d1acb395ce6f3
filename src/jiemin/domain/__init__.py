"""What the bureau's rules say: pure values and decisions, no files, no clock."""
