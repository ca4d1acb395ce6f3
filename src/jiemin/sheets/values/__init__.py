"""What single cells say: one reader for each sort of value a column can hold.

A reader takes a tidied, non-blank cell and the day of today, and returns the value, None when the
words say that there is none, `Fields` when one cell tells several things, or `Faulty`.
"""
