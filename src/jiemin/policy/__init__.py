"""The county's dated parameters and places, read from data files."""
