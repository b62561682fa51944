"""Parts of the browse pages that look the same to everybody, rendered once and kept."""
