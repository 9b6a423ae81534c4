"""The toolkit of the Metropolis plan's site: checks facts and pages, builds the site, inspects it.
Only cli/ prints and exits; the rest returns records and problems."""

__version__ = "0.1.0"
