"""`python -m metropolis.cli`: the same as `metropolis`."""

import sys

from metropolis.cli import main

sys.exit(main())
