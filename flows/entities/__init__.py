"""The entities of a lake, and those the user knows better: a lake and `config/entities` in, tables and rows out."""
