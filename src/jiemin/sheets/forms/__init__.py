"""The official forms: what each sheet holds and how it prints."""
