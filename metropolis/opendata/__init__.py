"""Open data: every record behind the site as tables, JSON and a described package."""
