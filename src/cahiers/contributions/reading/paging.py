"""Pages of lists that may be very long: they are counted no further than a reader goes."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

PER_PAGE = 25
#: Counted beyond the page that is asked for.
MOST = 1000
#: A page further on is not asked for by a reader.
LAST = 100_000


class LongPaginator(Paginator):  # type: ignore[type-arg]
    """`count` is exact up to `bound`; `more` tells that there are others."""

    def __init__(self, listed: "QuerySet[Any, Any]", number: int) -> None:
        super().__init__(listed, PER_PAGE)
        self._listed = listed
        self.bound = MOST + (number - 1) * PER_PAGE

    def page(self, number: int | str) -> "Page[Any]":
        if not self.more and self._keys is not None:
            # The database would bet on meeting few among many soon, in their order, and read nearly all on the way.
            self.object_list = self._listed.filter(pk__in=self._keys)
        return super().page(number)

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.bound)

    @property
    def more(self) -> bool:
        return self._counted > self.bound

    @cached_property
    def _keys(self) -> list[Any] | None:
        """Of all that is found up to the bound and one more, in any order; None where that is too many to fetch."""
        if self.bound > 2 * MOST:
            return None
        return list(self._listed.order_by().values_list("pk", flat=True)[: self.bound + 1])

    @cached_property
    def _counted(self) -> int:
        if self._keys is not None:
            return len(self._keys)
        return self._listed.order_by()[: self.bound + 1].count()


def paged(request: HttpRequest, listed: "QuerySet[Any, Any]") -> "Page[Any]":
    """The page that the address asks for, the nearest one where there is none such."""
    asked = request.GET.get("page", "")
    number = max(1, min(int(asked), LAST)) if asked.isascii() and asked.isdecimal() else 1
    return LongPaginator(listed, number).get_page(number)
