"""Something that was sent, and the address of its receipt."""

import pytest

from cahiers.contributions.models import Contribution
from tests.contributions.collecting.conftest import _that_day, fill

__all__ = ["_that_day", "fill"]


@pytest.fixture
def send(client, fill):
    def send(form, **more):
        """Address of the receipt, and the contribution."""
        asked = fill(form, **more)
        client.post(f"/ecole/contribuer/{form.slug}/", asked)
        return f"/recu/{asked['receipt']}/", Contribution.objects.latest("pk")

    return send
