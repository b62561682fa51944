"""Plumbing of the tests: servers, databases, browsers, threads."""
