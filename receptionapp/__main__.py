"""`python -m receptionapp`."""

import sys

from receptionapp.app import main

sys.exit(main())
