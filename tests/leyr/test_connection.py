import pytest

from receptionapp.leyr.connection import BadConnection, Connection


def connection(url: str = "https://api.leyr.io/api", secret: str = "s3cret") -> Connection:  # noqa: S107
    return Connection(url, "konfidens", "id", secret)


@pytest.mark.parametrize("url", ["https://api.leyr.io/api", "https://api.leyr.io/api/", "https://api.leyr.io:8443/api"])
def test_an_https_address_is_kept_without_a_trailing_slash(url: str) -> None:
    assert connection(url).url == url.rstrip("/")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("api.leyr.io/api", "must begin with https://"),
        ("", "must begin with https://"),
        ("https:/api.leyr.io", "must begin with https://"),
        ("ftp://api.leyr.io/api", "must begin with https://"),
        ("https://", "names no host"),
        (" https://api.leyr.io/api", "spaces"),
        ("https://api.leyr.io/api\n", "spaces"),
        ("https://api.leyr.io/a pi", "spaces"),
        ("https://klinikk-ø.no/api", "characters"),
        ("https://user:pw@api.leyr.io/api", "plain address"),
        ("https://api.leyr.io/api?x=1", "plain address"),
        ("https://api.leyr.io/api#x", "plain address"),
        ("https://api.leyr.io:port/api", "is not an address"),
        ("https://[::1/api", "is not an address"),
        ("http://api.leyr.io/api", "credentials could be read"),
        ("http://127.0.0.1.evil.example/api", "credentials could be read"),
    ],
)
def test_a_wrong_address_is_refused_with_its_fault(url: str, fault: str) -> None:
    with pytest.raises(BadConnection, match=fault) as caught:
        connection(url)
    assert caught.value.part == "url"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]"])
def test_plain_http_is_allowed_to_this_machine_only(host: str) -> None:
    assert connection(f"http://{host}:8000/api").loopback


@pytest.mark.parametrize("secret", ["", "s3cret\n", "s3cret ", "s3crét", "s3\x00cret"])
def test_a_secret_that_no_header_can_hold_is_refused_without_being_repeated(secret: str) -> None:
    with pytest.raises(BadConnection) as caught:
        connection(secret=secret)
    assert caught.value.part == "client_secret"
    assert "s3" not in str(caught.value)


def test_the_secret_is_not_in_the_repr() -> None:
    assert "s3cret" not in repr(connection())
