"""What keeps going by itself: jobs and events, shown to Admins, who can set both going again."""
