"""Looks at the built site before it is published: links, languages, markup, resources.

Knows nothing of how it was built, so that it catches what the builder believed to be true."""
