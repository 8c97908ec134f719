"""Runs inside the frozen program's folder and tries every part that is imported late. Not shipped.

Names are in strings so that PyInstaller does not collect a part on behalf of this file. Prints what it tried.
"""

import sys
import tempfile
import zoneinfo
from importlib import import_module
from itertools import pairwise
from pathlib import Path


def own_modules() -> str:
    names = sorted(sys.argv[1:])
    for name in names:
        import_module(name)
    return f"{len(names)} modules of our own"


def encrypted_ledger() -> str:
    sqlcipher = import_module("sqlcipher3.dbapi2")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "probe.sqlite3")
        connection = sqlcipher.connect(str(path))
        connection.execute("PRAGMA key = 'made up'")
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
        version = connection.execute("PRAGMA cipher_version").fetchone()[0]
        connection.close()
        assert not path.read_bytes().startswith(b"SQLite format 3")
    return f"SQLCipher {version}"


def shared_ledger() -> str:
    psycopg = import_module("psycopg")
    assert psycopg.pq.__impl__ == "binary"
    dialect = import_module("sqlalchemy").create_engine("postgresql+psycopg://nobody@nowhere/none").dialect
    assert dialect.driver == "psycopg"
    return f"psycopg {psycopg.__version__}, libpq {psycopg.pq.version()}"


def old_ledger() -> str:
    """Alembic finds the migrations, and runs what is after the first."""
    migrations, schema = import_module("receptionapp.ledger.migrations"), import_module("receptionapp.ledger.schema")
    sqlalchemy = import_module("sqlalchemy")
    with sqlalchemy.create_engine("sqlite://").begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sqlalchemy.text("INSERT INTO alembic_version VALUES ('0007')"))
        migrations.upgrade(connection, "0007")
        reached = connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalar_one()
    assert reached == schema.HEAD
    return f"all migrations, to {reached}"


def secrets() -> str:
    pwhash, signing = import_module("nacl.pwhash"), import_module("nacl.signing")
    assert pwhash.argon2id.verify(pwhash.argon2id.str(b"1234", 1, 8192), b"1234")
    key = signing.SigningKey.generate()
    key.verify_key.verify(key.sign(b"notice"))
    stores = {store.__module__.rpartition(".")[2] for store in import_module("keyring.backend").get_all_keyring()}
    kinds = {"linux": "SecretService", "darwin": "macOS", "win32": "Windows"}
    import_module(f"keyring.backends.{kinds[sys.platform]}")
    if sys.platform == "linux":
        import_module("secretstorage")
    return f"argon2id, Ed25519, key stores: {', '.join(sorted(stores))}"


def places_and_numbers() -> str:
    zoneinfo.reset_tzpath([])  # as on Windows, which has no zones of its own
    zone = zoneinfo.ZoneInfo.no_cache("Europe/Oslo")
    numbers = import_module("phonenumbers")
    assert numbers.is_valid_number(numbers.parse("21 00 00 00", "NO"))
    return f"{zone.key}, phone numbers"


def norwegian() -> str:
    """Qt asks ICU for it on Linux, whose data we made lighter."""
    qt = import_module("PySide6.QtCore")
    collator = qt.QCollator(qt.QLocale("nb"))
    assert all(collator.compare(one, next_one) < 0 for one, next_one in pairwise(["Zetlitz", "Ærlig", "Øyen", "Åsen"]))
    assert qt.QLocale("nb").toUpper("særlig øyblikk på ålen") == "SÆRLIG ØYBLIKK PÅ ÅLEN"
    return "Norwegian order: Z Æ Ø Å"


def trust() -> str:
    ssl = import_module("ssl")
    import_module("truststore").SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return str(ssl.OPENSSL_VERSION)


for look in (own_modules, encrypted_ledger, shared_ledger, old_ledger, secrets, places_and_numbers, norwegian, trust):
    print(f"  {look()}", flush=True)
