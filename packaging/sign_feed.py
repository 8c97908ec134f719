"""Signs the notice of a new version (docs/administration.md, "Notice of new versions").

python packaging/sign_feed.py key  FILE          make a key; prints the public half, which goes into the settings
python packaging/sign_feed.py sign FILE feed.json    write feed.json.sig beside the notice
"""

import base64
import os
import sys
from pathlib import Path

from nacl.encoding import Base64Encoder
from nacl.signing import SigningKey


def make_key(file: Path) -> str:
    """Never over one that is there. Returns the public half."""
    key = SigningKey.generate()
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(key.encode(Base64Encoder))
    return key.verify_key.encode(Base64Encoder).decode("ascii")


def sign(key_file: Path, feed: Path) -> Path:
    key = SigningKey(key_file.read_bytes().strip(), Base64Encoder)
    signature = feed.with_name(feed.name + ".sig")
    signature.write_bytes(base64.b64encode(key.sign(feed.read_bytes()).signature))
    return signature


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["key", file]:
            sys.stdout.write(make_key(Path(file)) + "\n")
        case ["sign", key, feed]:
            sys.stdout.write(f"{sign(Path(key), Path(feed))}\n")
        case _:
            sys.exit(__doc__)
