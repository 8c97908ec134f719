"""Where the shared ledger is, and that nobody reads its password by accident."""

import socket
import ssl
import struct
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from receptionapp.ledger.database import translate_errors
from receptionapp.ledger.errors import LedgerError, LedgerFault
from receptionapp.ledger.postgres import BadAddress, PostgresServer, ServerAddress
from receptionapp.system.credentials import managed_ledger_password
from receptionapp.system.settings import load, without_password
from tests.postgres import TestServer, postgres  # noqa: F401, a fixture

URL = "postgresql://reception@server.clinic.example/ledger"


def test_beyond_this_computer_the_certificate_is_verified() -> None:
    assert ServerAddress.read(URL).sslmode == "verify-full"
    assert ServerAddress.read(f"{URL}?sslmode=verify-full").sslmode == "verify-full"
    for less in ("disable", "allow", "prefer", "require", "verify-ca", "none"):
        with pytest.raises(BadAddress):
            ServerAddress.read(f"{URL}?sslmode={less}")
        with pytest.raises(BadAddress):
            ServerAddress("server.clinic.example", "ledger", "reception", sslmode=less)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_on_this_computer_it_need_not_be(host: str) -> None:
    assert ServerAddress.read(f"postgresql://reception@{host}/ledger").sslmode == "prefer"
    assert ServerAddress.read(f"postgresql://reception@{host}/ledger?sslmode=disable").sslmode == "disable"


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1,192.0.2.1/ledger",
        "127.0.0.1/ledger?host=192.0.2.1",
        "127.0.0.1/ledger?host=/run/postgresql",
        "/ledger?host=192.0.2.1",
        "/ledger?host=localhost",
        "/ledger?host=/run/postgresql,192.0.2.1",
        "/ledger?host=/run/postgresql&host=192.0.2.1",
        "127.0.0.1/ledger?hostaddr=192.0.2.1",
        "127.0.0.1/ledger?hostaddr=",
        "127.0.0.1/ledger?service=clinic",
        "127.0.0.1:5432/ledger?port=5433",
        "127.0.0.1/ledger?port=5432,5433",
        "127.0.0.1/ledger?sslmode=verify-full&sslmode=disable",
        "127.0.0.1.nip.example/ledger?sslmode=disable",
        "0x7f.1/ledger?sslmode=disable",
    ],
)
def test_an_address_that_may_lead_to_another_computer_in_the_open_is_refused(place: str) -> None:
    with pytest.raises(BadAddress):
        ServerAddress.read(f"postgresql://reception@{place}")


@pytest.mark.parametrize(
    "url", ["", "mysql://a@b/c", "postgresql://server/ledger", "postgresql://reception@server", f"{URL}?target=x"]
)
def test_what_can_not_be_used_is_refused_without_being_repeated(url):
    with pytest.raises(BadAddress) as refused:
        ServerAddress.read(url.replace("reception", "reception:hemmelig"))
    assert "hemmelig" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "postgresql://reception@server:6432/ledger?sslmode=verify-full&sslrootcert=/etc/ca.crt",
        "postgresql://reception@/ledger?host=/run/postgresql",
        "postgresql://reception@:5433/ledger?host=/run/postgresql",
    ],
)
def test_its_url_leads_to_the_same_place(url):
    address = ServerAddress.read(url)
    assert ServerAddress.read(address.url) == address


def test_the_password_is_in_no_text():
    address = ServerAddress.read("postgresql://reception:hemmelig@server/ledger")
    assert address.password == "hemmelig"
    assert "hemmelig" not in f"{address!r} {address.url} {PostgresServer(address)!r}"


def test_settings_never_hold_the_password(tmp_path):
    environ = {"RECEPTION_LEDGER_URL": "postgresql://reception:hem%40melig@server/ledger"}
    settings = load(tmp_path / "settings.json", environ).settings
    assert settings.ledger_url == "postgresql://reception@server/ledger"
    assert managed_ledger_password(environ) == "hem@melig"
    assert managed_ledger_password({**environ, "RECEPTION_LEDGER_PASSWORD": "another"}) == "another"
    assert without_password(URL) == URL
    assert without_password("postgresql://reception:hem/melig@server/ledger") == "postgresql://reception@server/ledger"


@pytest.fixture
def misled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment in which PostgreSQL's own programs would go elsewhere, in the open."""
    services = tmp_path / "services"
    services.write_text("[clinic]\nhostaddr=192.0.2.1\nsslmode=disable\nreplication=true\n")
    variables = {"PGHOSTADDR": "192.0.2.1", "PGSSLMODE": "disable", "PGSSLROOTCERT": "/nowhere", "PGPORT": "1"}
    variables |= {"PGPASSWORD": "other", "PGOPTIONS": "-c statement_timeout=1", "PGREQUIREAUTH": "none"}
    variables |= {"PGCLIENTENCODING": "LATIN1", "PGTARGETSESSIONATTRS": "standby", "PGSSLCERT": "/nowhere"}
    for name, value in {**variables, "PGSERVICE": "clinic", "PGSERVICEFILE": str(services)}.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("misled")
def test_no_variable_of_the_environment_decides_where_or_how(postgres: TestServer) -> None:  # noqa: F811
    import psycopg

    address = postgres.emptied()
    with psycopg.connect(**PostgresServer(address).connect_arguments()) as connection:
        assert connection.info.dbname == address.database
        assert connection.info.encoding == "utf-8"
        assert connection.execute("SHOW statement_timeout").fetchone() == ("7s",)


def stranger(folder: Path) -> ssl.SSLContext:
    """A certificate that nobody else has signed."""
    pytest.importorskip("cryptography")  # of the key store on Linux
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begins, ends = datetime(2026, 1, 1, tzinfo=UTC), datetime(2126, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begins).not_valid_after(ends)
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / "stranger.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *private)
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


class Impostor(threading.Thread):
    """Speaks PostgreSQL as far as the question whether the line can be encrypted, and keeps what it is sent."""

    def __init__(self, certificate: ssl.SSLContext | None) -> None:
        super().__init__(daemon=True)
        self._certificate = certificate
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.sent = b""

    def run(self) -> None:
        with self._socket, self._socket.accept()[0] as line:
            self.sent += line.recv(100)
            if self._certificate is None:
                line.sendall(b"N")
                self.sent += line.recv(100)
                return
            line.sendall(b"S")
            with suppress(OSError), self._certificate.wrap_socket(line, server_side=True) as encrypted:
                self.sent += encrypted.recv(1000)


@pytest.mark.usefixtures("misled")
@pytest.mark.parametrize("certified", [False, True])
def test_a_server_that_cannot_be_verified_is_sent_nothing(certified: bool, tmp_path: Path) -> None:
    impostor = Impostor(stranger(tmp_path) if certified else None)
    impostor.start()
    address = ServerAddress("127.0.0.1", "ledger", "reception", "hemmelig", impostor.port, "verify-full")
    with pytest.raises(LedgerError) as raised, translate_errors(PostgresServer(address).fault):
        PostgresServer(address).open()
    assert raised.value.fault is LedgerFault.NOT_VERIFIED
    impostor.join()
    assert impostor.sent == struct.pack("!II", 8, 80877103)  # only whether it can be encrypted
