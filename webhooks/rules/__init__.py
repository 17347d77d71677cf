"""Pure rules: which events a webhook wants, and when what failed is tried again."""
