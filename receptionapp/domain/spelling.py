"""Whether two folded words differ by one slip of the fingers: a letter wrong, missing, too many, or two exchanged."""


def one_slip_apart(one: str, other: str) -> bool:
    """Whether at most one slip lies between the two words."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = _same_beginning(short, long)
    left, right = short[same:], long[same:]
    if len(left) < len(right):
        return left == right[1:]
    return left[1:] == right[1:] or _exchanged(right) == left


def begins_one_slip_apart(typed: str, word: str) -> bool:
    """Whether a beginning of `word` is at most one slip away from what is typed so far."""
    same = _same_beginning(typed, word)
    left, right = typed[same:], word[same:]
    return any(
        rest.startswith(wanted)
        for rest, wanted in (
            (right[1:], left[1:]),  # another letter
            (right[1:], left),  # one left out
            (right, left[1:]),  # one too many
            (_exchanged(right), left),
        )
    )


def _same_beginning(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _exchanged(word: str) -> str:
    return word[1::-1] + word[2:] if len(word) > 1 else word
