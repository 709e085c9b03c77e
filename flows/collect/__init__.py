"""Everything before we hold the bytes of a page: files, feeds, the polite client, the archive."""
