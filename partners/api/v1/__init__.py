"""Version 1 of the interface for partners' programs. What it promises stands in docs/openapi.json; it only grows."""
