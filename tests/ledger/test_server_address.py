"""Where the shared ledger is, and that nobody reads its password by accident."""

import pytest

from receptionapp.ledger.postgres import BadAddress, PostgresServer, ServerAddress
from receptionapp.system.credentials import managed_ledger_password
from receptionapp.system.settings import load, without_password

URL = "postgresql://reception@server.clinic.example/ledger"


def test_beyond_this_computer_the_line_is_encrypted():
    assert ServerAddress.read(URL).sslmode == "require"
    assert ServerAddress.read(f"{URL}?sslmode=verify-full").sslmode == "verify-full"
    for less in ("disable", "allow", "prefer"):
        with pytest.raises(BadAddress):
            ServerAddress.read(f"{URL}?sslmode={less}")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_on_this_computer_it_need_not_be(host):
    assert ServerAddress.read(f"postgresql://reception@{host}/ledger?sslmode=disable").sslmode == "disable"


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
