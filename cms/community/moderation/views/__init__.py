"""Pages of the desk, of readers' reports, and of authors who wait."""
