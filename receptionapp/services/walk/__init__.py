"""The walk through Leyr's workflows on the day of first contact: what holds of all that is taken for granted."""
