"""Reads of wellbeing, one module per subject."""
