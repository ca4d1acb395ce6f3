"""The form of the catalogue's entries, and what a fault may do to its row."""

REJECT, WARN = "reject", "warn"
"""The row stays out; or the row counts, and only the cell is left out or to be looked at."""

Entry = tuple[str, str, str, str, str, str]
"""Code, REJECT or WARN, title, cause, remedy, and an example of what leads to it."""
