"""Pages as files for agencies and their tools (XLIFF, gettext PO), and back."""
