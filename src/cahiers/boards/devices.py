"""Keys that devices keep, and what the server keeps of them: hashes that cannot be linked to one another."""

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

#: Name of the cookie; the browser sends it back, scripts cannot read it.
COOKIE = "cahiers_appareil"


def new_key() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def trace(key: str, thing: UUID) -> str:
    """SHA-256 of HMAC-SHA-256(device's key, uuid), in hexadecimal.

    The same for the same device and thing, so that the device can be recognised; for two things of one device the
    results have nothing in common for who has not its key, and no table holds it.
    """
    return sha256(hmac.digest(key.encode(), thing.bytes, "sha256")).hexdigest()
