"""The routes of `/v1` about people."""
