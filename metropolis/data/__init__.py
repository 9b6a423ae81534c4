"""Facts: strict YAML in data/ to typed, cross-checked records. Knows nothing of pages, macros or
MkDocs."""
