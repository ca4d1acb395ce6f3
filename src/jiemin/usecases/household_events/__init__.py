"""Life events of a household, one file each: an event acts on `Event`, `happen` carries it out."""
