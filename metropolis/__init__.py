"""The toolkit of the Metropolis plan's site: facts and pages are checked, become pages, and are inspected.

Only `cli.py` prints and exits; everything else takes paths, texts or records and returns records and problems.
"""

__version__ = "0.1.0"
