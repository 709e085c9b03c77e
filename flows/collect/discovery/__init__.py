"""What is known of the web between runs, in SQLite or PostgreSQL."""
