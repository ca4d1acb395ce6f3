"""Entering recognised rosters: one file for each kind of sheet.

Each `enter` takes the import's session and one sheet, decides row by row with the domain what is
new, changed or the same, and leaves the writing to the session's batch.
"""
