"""Many hosts at once, each in its own queue: from listings to pages, in one thread."""
