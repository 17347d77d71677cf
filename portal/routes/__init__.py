"""The routes of `/v1` that need more than one app, or stand above all of them."""
