"""What can be done with many courses at once (see `bulk`)."""
