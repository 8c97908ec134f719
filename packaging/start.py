"""Where the frozen program begins."""

import os
import sys

for name in ("stdout", "stderr"):  # a program with windows has neither on Windows, and writing to None fails
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, open until the end

from receptionapp.app import main  # noqa: E402

sys.exit(main())
