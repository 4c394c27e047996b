"""Lets every test say `from factories import article`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
