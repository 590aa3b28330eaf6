"""A Python without uno."""

import sys

sys.exit(1)
