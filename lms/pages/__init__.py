"""What the pages show: one module a page or list, which reads all that it needs and leaves templates nothing to ask."""
