"""Looks at the built site before it is published, and knows nothing of how it was built."""
