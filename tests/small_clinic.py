"""A clinic where few people work: a desk asks Leyr for the times of each, and most tests need no more than a few."""

from dataclasses import replace

from receptionapp.sandbox.clinic import CARE_UNITS

_AT_WORK = ("10-2001", "10-2004", "10-2006", "rom:1")  # several services, one in common, overlapping times, an odd id
_MAIN, *_OTHERS = CARE_UNITS
SMALL_CLINIC = (replace(_MAIN, resources=tuple(r for r in _MAIN.resources if r.id in _AT_WORK)), *_OTHERS)
