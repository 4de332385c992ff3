"""A device that keeps passkeys, as far as the site can tell."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """One key, made for one person of one site; the tests change what it says."""

    origin: str
    host: str = ""
    flags: int = PRESENT | VERIFIED
    count: int = 0
    credential: bytes = b"une cle de seize"
    handle: bytes = b""
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        self.handle = data(options["user"]["id"])
        client = self._client("webauthn.create", options)
        point = self.secret.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        made = self._said(options["rp"]["id"], ATTESTED)
        made += bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(public)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": made})
        return self._answer({"clientDataJSON": client, "attestationObject": attestation})

    def sign(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`."""
        client = self._client("webauthn.get", options)
        said = self._said(options["rpId"])
        signature = self.secret.sign(said + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": client,
                "authenticatorData": said,
                "signature": signature,
                "userHandle": self.handle,
            }
        )

    def _client(self, type: str, options: dict[str, Any]) -> bytes:
        return json.dumps(
            {"type": type, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _said(self, host: str, flags: int = 0) -> bytes:
        return (
            sha256((self.host or host).encode()).digest()
            + bytes([self.flags | flags])
            + self.count.to_bytes(4, "big")
        )

    def _answer(self, response: dict[str, bytes]) -> str:
        told = {name: text(value) for name, value in response.items()}
        return json.dumps(
            {
                "id": text(self.credential),
                "rawId": text(self.credential),
                "type": "public-key",
                "response": told,
            }
        )
