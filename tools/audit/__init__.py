"""The audit: what a reader's first view weighs, and what axe-core, Lighthouse and the Nu HTML
checker say of it."""
