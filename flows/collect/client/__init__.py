"""One request to one address: polite, within limits, judged. The only code that opens connections."""
