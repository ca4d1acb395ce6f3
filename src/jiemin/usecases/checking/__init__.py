"""Gathering what the checks go by: read once, shared by the groups, one file for each."""
