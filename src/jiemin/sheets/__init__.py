"""Workbooks in and out: reading rosters, writing the official tables."""
