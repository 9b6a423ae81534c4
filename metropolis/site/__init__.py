"""Everything that touches MkDocs: pages from data, the page's frame, building, finishing.

The rest of `metropolis` knows nothing of MkDocs (docs/maintainers/platform-exit.md), so that the
day the generator is replaced only this package and `macros/__init__.py` change."""
