"""`python -m cahiers`, the same as `cahiers`."""

import sys

from cahiers.cli import main

sys.exit(main())
