"""The routes of `/v1` about what everything is organised by."""
