"""Adding and using passkeys: a device proves that it holds the private half of a key made for this site alone."""

import json
from binascii import Error as NotBase64
from datetime import datetime
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cahiers.accounts import mail
from cahiers.accounts.models import Passkey, Person

# The library costs a worker 17 MB and a quarter of a second: only those who use passkeys make it come.

#: Of one person: more are a mistake, and the page lists them all.
MOST: Final = 20


class Refused(Exception):
    """What the device sent proves nothing, or not to us."""


class TooManyKeys(Exception):
    """The person has as many keys as they can."""


def offered() -> bool:
    """Whether browsers keep keys for this site: it needs a name, and https unless it is this machine."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return host == "localhost" or (settings.HTTPS and not _is_number(host))


def options_to_add(person: Person, challenge: bytes) -> str:
    """What a browser is asked to make a key with, in JSON."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import base64url_to_bytes, structs

    return options_to_json(
        generate_registration_options(
            rp_id=_host(),
            rp_name="Cahiers",
            user_id=person.uuid.bytes,
            user_name=person.email,
            user_display_name=person.display_name,
            challenge=challenge,
            # The key finds the person: no address is typed. It stands for a code, hence the finger or the PIN.
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.REQUIRED,
                user_verification=structs.UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[
                structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(credential))
                for credential in person.passkeys.values_list("credential", flat=True)
            ],
        )
    )


def options_to_sign_in(challenge: bytes) -> str:
    """What a browser is asked to sign, in JSON; it shows the keys that it has for this site."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers import structs

    return options_to_json(
        generate_authentication_options(
            rp_id=_host(),
            challenge=challenge,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
    )


def add(*, person: Person, answer: str, challenge: bytes, now: datetime) -> Passkey:
    """The key that a browser made; the person is told by a message, for it opens the account.

    Raises Refused or TooManyKeys.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = verify_registration_response(
            credential=_parsed(answer),
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, *MALFORMED) as error:
        raise Refused from error
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        number = person.passkeys.count() + 1
        if number > MOST:
            raise TooManyKeys
        try:
            with transaction.atomic():
                key = Passkey.objects.create(
                    person=person,
                    credential=bytes_to_base64url(made.credential_id),
                    public_key=made.credential_public_key,
                    signatures=made.sign_count,
                    name=_("Clé %d") % number,
                    added_at=now,
                )
        except IntegrityError:
            raise Refused from None  # a key of someone's already
        mail.send_later(
            mail.compose(person, "accounts/mail_passkey.txt", {"key": key, "site": settings.SITE_URL})
        )
    return key


def redeem(*, answer: str, challenge: bytes, now: datetime) -> Person:
    """Whose key signed the challenge. Raises Refused."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    sent = _parsed(answer)
    found = Passkey.objects.select_related("person").filter(credential=sent.get("id", "")).first()
    if found is None or not found.person.is_active:
        raise Refused
    try:
        handle = sent["response"].get("userHandle")
        if handle is None or UUID(bytes=base64url_to_bytes(handle)) != found.person.uuid:
            raise Refused
        proved = verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=bytes(found.public_key),
            credential_current_sign_count=found.signatures,
            require_user_verification=True,
        )
    except (WebAuthnException, *MALFORMED) as error:
        raise Refused from error
    # Two answers of a key and of its copy may come at once: the count is what was checked, or it is neither's.
    unchanged = Passkey.objects.filter(pk=found.pk, signatures=found.signatures)
    if not unchanged.update(signatures=proved.new_sign_count, used_at=now):
        raise Refused
    return found.person


def rename(*, key: Passkey, name: str) -> None:
    key.name = name
    key.save(update_fields=["name"])


def remove(*, key: Passkey) -> None:
    """It signs in no more; the device keeps its half, which is of no use."""
    key.delete()


#: What the library lets through where a visitor sends anything at all.
MALFORMED: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError, NotBase64)


def _parsed(answer: str) -> dict[str, Any]:
    try:
        sent = json.loads(answer)
    except (ValueError, RecursionError):
        raise Refused from None
    if not isinstance(sent, dict):
        raise Refused
    return sent


def _host() -> str:
    """What keys are bound to: the site's name, without its port."""
    return urlsplit(settings.SITE_URL).hostname or ""


def _origin() -> str:
    """As browsers write it, without a port that goes without saying."""
    site = urlsplit(settings.SITE_URL)
    usual = {"http": 80, "https": 443}.get(site.scheme)
    port = "" if site.port in (None, usual) else f":{site.port}"
    return f"{site.scheme}://{site.hostname}{port}"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
