"""Every figure is taken of a program that begins as the real one does."""

from receptionapp.app import import_qt

import_qt()
