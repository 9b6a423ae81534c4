"""Parts of pages drawn from records. What a page may call is in `macros/`."""
