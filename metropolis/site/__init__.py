"""Everything that uses MkDocs or Jinja. If the generator is replaced, only this package and
`macros/__init__.py` change (docs/maintainers/platform-exit.md)."""
