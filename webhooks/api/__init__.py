"""The routes of `/v1` about webhooks."""
