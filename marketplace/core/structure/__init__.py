"""What all migrations build together, kept as one file, so that an empty database is ready in seconds (ADR 0029)."""
