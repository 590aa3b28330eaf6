"""Run the command given, and print the seconds it took and the peak memory of its processes."""

import sys

from measure import time_child

if __name__ == "__main__":
    seconds, peak = time_child(sys.argv[1:])
    sys.stdout.write(f"{seconds} {peak}\n")
