"""Limits on what is tried too often, counted in the database so that all workers count together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cahiers.accounts.models import Tally

#: No limit counts over a longer time.
LONGEST: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many times within a time, which begins with the first of them; what is refused does not prolong it."""

    name: str
    most: int
    within: timedelta

    def spend(self, subject: str, now: datetime) -> bool:
        """Whether one more is allowed for that subject; if so, it is counted.

        To be called outside a transaction that may be rolled back: the count would go with it.
        """
        tally = Tally.objects.filter(key=self._key(subject))
        if self._count(tally, now) or tally.filter(since__lte=now - self.within).update(since=now, count=1):
            return True
        if not tally.exists():
            try:
                with transaction.atomic():
                    Tally.objects.create(key=self._key(subject), since=now, count=1)
                    return True
            except IntegrityError:
                pass
        # Used up; unless another worker has just begun the count.
        return self._count(tally, now)

    def forgive(self, subject: str) -> None:
        """Count from nothing again."""
        Tally.objects.filter(key=self._key(subject)).delete()

    def _count(self, tally: QuerySet[Tally], now: datetime) -> bool:
        under_way = tally.filter(since__gt=now - self.within, count__lt=self.most)
        return bool(under_way.update(count=F("count") + 1))

    def _key(self, subject: str) -> str:
        return salted_hmac(f"cahiers.limit.{self.name}", subject, algorithm="sha256").hexdigest()


def forget_old(now: datetime) -> None:
    """Delete the counts that limit nothing any more."""
    Tally.objects.filter(since__lt=now - LONGEST).delete()


def client_of(request: HttpRequest) -> str:
    """Network address that the request comes from: a whole school's, often.

    Behind a trusted proxy, the address that this proxy saw: what stands left of it in the header is the client's word.
    An IPv6 subscriber has 2**64 addresses, hence the network.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)
