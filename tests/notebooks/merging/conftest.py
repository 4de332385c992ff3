"""A notebook as pages and actions load it."""

import pytest

from cahiers.notebooks.models import Notebook


@pytest.fixture
def stored(notebook: Notebook) -> Notebook:
    return Notebook.objects.select_related("consultation", "territory").get(pk=notebook.pk)
