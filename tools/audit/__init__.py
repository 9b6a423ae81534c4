"""The audit: what a reader's first view weighs, and what axe-core, IBM Equal Access, Lighthouse and
the Nu HTML checker say of it."""
