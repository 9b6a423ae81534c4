"""Everything that uses MkDocs or Jinja: the plugin, sessions, page frames, components, the preview.

The rest of `metropolis` does not import them (docs/maintainers/platform-exit.md). If the generator
is replaced, only this package and `macros/__init__.py` change.
"""
