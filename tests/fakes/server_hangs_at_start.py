"""A Python with uno whose LibreOffice never listens."""

import sys
import time

if "-c" in sys.argv:
    sys.exit()
time.sleep(600)
