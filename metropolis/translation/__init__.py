"""What a translation owes its source: fingerprints, status, differences, acceptance, exchange."""
