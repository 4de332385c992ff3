"""A laptop serves a room: its addresses, and a certificate that is made again when they change."""

import stat
from datetime import UTC, datetime, timedelta

from cryptography import x509

from cahiers.demo import lan

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def test_addresses_are_those_that_the_machine_speaks_from(monkeypatch):
    class Asking:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def connect(self, address):
            if address[0].startswith("10."):
                raise OSError

        def getsockname(self):
            return "192.168.1.20", 9

    monkeypatch.setattr("socket.socket", Asking)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_: [(2, 1, 6, "", ("127.0.1.1", 0))])
    assert lan.addresses() == ["192.168.1.20"]
    assert "localhost" in lan.names()


def test_a_certificate_names_all_hosts_and_its_key_is_ours_alone(tmp_path):
    kept, key = lan.certificate(tmp_path, ["192.168.1.20", "salle.local"], NOW)
    made = x509.load_pem_x509_certificate(kept.read_bytes())
    said = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(one.value) for one in said} == {"192.168.1.20", "salle.local"}
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_it_is_kept_until_it_is_over_or_an_address_is_new(tmp_path):
    def made(hosts, now=NOW):
        return lan.certificate(tmp_path, hosts, now)[0].read_bytes()

    first = made(["192.168.1.20"])
    assert made(["192.168.1.20"]) == first
    second = made(["192.168.1.20", "10.0.0.4"])
    assert second != first
    assert made(["10.0.0.4"], NOW + timedelta(days=366)) != second


def test_the_invitation_is_drawn():
    assert len(lan.invitation("https://192.168.1.20:8000/r/").splitlines()) > 10
