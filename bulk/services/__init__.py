"""Bulk work: what would become of each thing (`judging`), a job made of it (`preparing`), and done (`carrying`)."""
