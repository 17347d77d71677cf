"""How a notification leaves the portal: by mail at once or in a digest, and into Slack channels."""
