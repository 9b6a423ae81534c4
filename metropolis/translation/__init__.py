"""Compares translations with their source: fingerprints, status, differences, acceptance,
exchange."""
