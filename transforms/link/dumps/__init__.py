"""The public dumps a large gazetteer is built from: one line comes in, what it says of a place goes out."""
