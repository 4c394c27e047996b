"""Lets every test say `from factories import article`; no property test fails because the machine is busy."""

import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded: on a busy machine its threads get in each other's way

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("retold", deadline=None)
settings.load_profile("retold")
