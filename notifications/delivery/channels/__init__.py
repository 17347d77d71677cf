"""Slack channels, and whatever else takes Slack's incoming webhooks, that Admins let hear what goes live."""
