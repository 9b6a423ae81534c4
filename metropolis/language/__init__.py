"""How numbers, names and lists are written in each language. Read by macros, components and open data."""
