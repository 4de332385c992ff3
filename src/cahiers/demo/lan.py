"""Serving a room from a laptop: the addresses of this machine, and a certificate of its own making."""

import ipaddress
import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, GeneralName

#: Days that a certificate lasts; browsers refuse longer ones.
LASTS = timedelta(days=365)
#: Addresses that no packet is sent to: asking for a way there tells which address this machine speaks from.
ELSEWHERE = ("192.0.2.1", "10.255.255.255")


def addresses() -> list[str]:
    """IPv4 addresses of this machine on its networks, the one it would speak from first; none without a network."""
    found: list[str] = []
    for target in ELSEWHERE:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.connect((target, 9))
            found.append(asking.getsockname()[0])
    with suppress(OSError):
        found += [str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [one for one in dict.fromkeys(found) if not ipaddress.ip_address(one).is_loopback]


def names() -> list[str]:
    """All that people of the room may type: addresses, and the name that printers and telephones know it by."""
    host = socket.gethostname().split(".")[0].lower()
    return [*addresses(), f"{host}.local", host, "localhost", "127.0.0.1"]


def certificate(folder: Path, hosts: Sequence[str], now: datetime | None = None) -> tuple[Path, Path]:
    """A certificate signed by itself and its key, made anew where it is over or this machine has another address."""
    from cryptography import x509

    now = now or datetime.now(UTC)
    kept, key = folder / "lan.crt", folder / "lan.key"
    if kept.exists() and key.exists():
        known = x509.load_pem_x509_certificate(kept.read_bytes())
        if known.not_valid_after_utc > now + timedelta(days=1) and _hosts_of(known) >= set(hosts):
            return kept, key
    _make(kept, key, hosts, now)
    return kept, key


def _hosts_of(certificate: "Certificate") -> set[str]:
    from cryptography import x509

    said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(one.value) for one in said}


def _make(kept: Path, key: Path, hosts: Sequence[str], now: datetime) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Cahiers, réseau local")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName([_general(host) for host in hosts]), critical=False)
        .sign(secret, hashes.SHA256())
    )
    held = secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key.unlink(missing_ok=True)
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(held)
    kept.write_bytes(signed.public_bytes(serialization.Encoding.PEM))


def _general(host: str) -> "GeneralName":
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def invitation(url: str) -> str:
    """The address as a QR code of characters, for a terminal."""
    import io

    import segno

    drawn = io.StringIO()
    segno.make(url, micro=False).terminal(out=drawn, compact=True)
    return drawn.getvalue()
