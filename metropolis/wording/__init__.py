"""What can be wrong in the words of a page: figures, terms, language, typography, spelling,
inclusive wording."""
