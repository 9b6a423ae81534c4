"""Pages as files for agencies and their tools (XLIFF 1.2, gettext PO), and back."""

from metropolis.translation.exchange.incoming import import_file
from metropolis.translation.exchange.origin import Origin, read_origin
from metropolis.translation.exchange.outgoing import ToSend, export_pages

__all__ = ["Origin", "ToSend", "export_pages", "import_file", "read_origin"]
