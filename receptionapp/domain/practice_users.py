"""The made-up people at the desk of practice mode, with PINs that the lock page shows, so that locking can be tried."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PracticeUser:
    """`pin_hash` was made beforehand and cheaply: there is nothing to keep from anybody."""

    name: str
    pin: str
    pin_hash: str


PRACTICE_USERS = (
    PracticeUser(
        "Berit Øvrelid",
        "7294",
        "$argon2id$v=19$m=8,t=1,p=1$ZPR/1aT8Bp5N5MOo5YgWHA$8Z0no4Z/Fl+i7CbMmxV0Ysu7mvQlWQ5/3MpTEmsWgoI",
    ),
    PracticeUser(
        "Tom Prøvestad",
        "5083",
        "$argon2id$v=19$m=8,t=1,p=1$gP0o4tMN6/NE+1yzYDa6kg$8e6u0Hcf4QIZfPkw34FepSUrPztOBIkdYhsfLmyaof0",
    ),
)
