"""Compares translations with their source: status, differences, acceptance, exchange."""
