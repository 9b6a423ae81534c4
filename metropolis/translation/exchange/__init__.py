"""Pages as files for agencies and their tools (XLIFF, gettext PO), and back."""

from metropolis.translation.exchange.page_export import ToSend, export_pages
from metropolis.translation.exchange.page_import import find_locale, import_document
from metropolis.translation.exchange.returned_file import read_file

__all__ = ["ToSend", "export_pages", "find_locale", "import_document", "read_file"]
