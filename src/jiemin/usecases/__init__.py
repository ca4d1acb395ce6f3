"""One file for each thing a clerk does: gather, let the domain decide, store."""
