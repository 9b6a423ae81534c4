"""Reads YAML strictly: what a parser would silently change or drop is an error with its place."""
