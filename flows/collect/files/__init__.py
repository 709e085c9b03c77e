"""Files of every kind, as inputs: folders, lines, tables, zip archives."""
