"""What can be done with many items at once (see `bulk`)."""
