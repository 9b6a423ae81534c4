"""Checks the words of pages: figures, terms, language, typography, spelling, inclusive wording."""
