"""What publishing decides before it writes: which rows replace which, and how sorted rows are merged."""
