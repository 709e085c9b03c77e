"""Everything about what comes in before anybody reads it."""
