"""PINs as they are kept: argon2id, salted, and slow on purpose. Both take some 150 ms: never on the UI thread."""

_OPERATIONS = 5
_MEMORY = 64 * 2**20  # bytes


def hash_pin(pin: str) -> str:
    """The text that is kept instead of the PIN, with its salt and cost."""
    from nacl.pwhash import argon2id

    return argon2id.str(pin.encode(), opslimit=_OPERATIONS, memlimit=_MEMORY).decode("ascii").rstrip("\0")


def is_pin(kept: str, pin: str) -> bool:
    """Whether this is the PIN of which `hash_pin` made what is kept."""
    from nacl.exceptions import CryptoError
    from nacl.pwhash import argon2id

    try:
        return bool(argon2id.verify(kept.encode("ascii"), pin.encode()))
    except CryptoError:
        return False
