"""Lets tests here use the factories of the folder above, when run alone too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
