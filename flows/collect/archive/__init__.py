"""What has come in, once and for ever: WARC files, their index, reading and writing them."""
