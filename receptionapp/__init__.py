"""The appointment book for clinic receptionists. Everything here runs without a display; widgets live in `ui`."""

__version__ = "0.1.0"
