"""What programs do with notifications: the inbox, how somebody wants to be told, what she follows, and Slack channels."""
