"""What each kind of sheet may hold: one file for each kind, and how a header is recognised."""
