"""Other people's WARC files, as inputs: here, over HTTP, in S3."""
