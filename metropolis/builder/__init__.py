"""Builds the whole site: reads and checks first, then pages, what stands beside them, books."""
