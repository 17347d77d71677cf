"""The routes of `/v1` about the library."""
