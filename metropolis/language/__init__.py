"""How each language writes numbers, names and lists. For macros, components and open data."""
