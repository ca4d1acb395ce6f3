"""Making one record of two: what of a duplicate goes to which record, by kind."""
