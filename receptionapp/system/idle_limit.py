"""How long a desk that nobody touches stays open."""

SHORTEST, LONGEST = 1, 15  # minutes
USUAL = 5


def idle_minutes(setting: str) -> int:
    """What the setting says, within its bounds; five where it says nothing that can be read."""
    try:
        return max(SHORTEST, min(LONGEST, int(setting)))
    except ValueError:
        return USUAL
