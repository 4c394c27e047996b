"""Lets every test say `from factories import article`; no property test fails because the machine is busy."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("retold", deadline=None)
settings.load_profile("retold")
