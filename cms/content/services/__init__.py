"""What happens to the library: one module for each part of its life."""
