"""Reads of the community; each module is one page's."""
