"""What is remembered: one SQLite file, written through one door."""
