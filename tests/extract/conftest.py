"""Shortcuts to read a page in a test."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # so that tests can import `written_pages`
