"""The checks: pure functions from facts to findings, one file for each group (ADR 0023)."""
