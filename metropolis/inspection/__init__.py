"""Looks at the built site before it is published: links, languages, markup, resources.

Knows nothing of how it was built.
"""
