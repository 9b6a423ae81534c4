"""Facts: strict YAML in data/ to typed, cross-checked records, without pages or macros."""
