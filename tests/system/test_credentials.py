import subprocess
import sys

import keyring
import keyring.backend
import pytest
from keyring.backends.fail import Keyring as NoStore
from keyring.errors import KeyringLocked

from receptionapp.system import credentials
from receptionapp.system.credentials import KeyStoreError, KeyStoreLocked, NoKeyStore, leyr_account


class Store(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self, failure: Exception | None = None) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.failure = failure

    def get_password(self, service, username):
        if self.failure:
            raise self.failure
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        if self.failure:
            raise self.failure
        self.kept[service, username] = password


@pytest.fixture
def use(monkeypatch):
    def use_store(store):
        monkeypatch.setattr(keyring, "get_keyring", lambda: store)
        return store

    return use_store


async def test_a_saved_secret_is_found_by_address_and_client(use):
    use(Store())
    await credentials.save_secret(leyr_account("https://a/api", "client"), "s3cret")
    assert await credentials.read_secret(leyr_account("https://a/api", "client")) == "s3cret"
    assert await credentials.read_secret(leyr_account("https://b/api", "client")) is None
    assert await credentials.read_secret(leyr_account("https://a/api", "other")) is None


@pytest.mark.parametrize(
    ("store", "failure"),
    [
        (NoStore(), NoKeyStore),
        (Store(KeyringLocked("no")), KeyStoreLocked),
        (Store(OSError("D-Bus is gone")), KeyStoreError),
    ],
)
async def test_failures_say_what_they_mean_and_never_the_secret(use, store, failure):
    use(store)
    with pytest.raises(failure) as raised:
        await credentials.save_secret(leyr_account("https://a/api", "client"), "s3cret")
    assert "s3cret" not in repr(raised.value)
    with pytest.raises(failure):
        await credentials.read_secret(leyr_account("https://a/api", "client"))


def test_the_environment_can_give_the_secret():
    assert credentials.managed_secret({"RECEPTION_LEYR_CLIENT_SECRET": "s"}) == "s"
    assert credentials.managed_secret({"RECEPTION_LEYR_CLIENT_SECRET": ""}) is None
    assert credentials.managed_secret({}) is None


def test_keyring_is_not_imported_before_it_is_needed():
    program = "import sys, receptionapp.system.credentials; sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
