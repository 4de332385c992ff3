"""A cell of a theme's table, as HTML."""

from django.template import Context

from cahiers.documents.model import Item
from cahiers.notebooks.templatetags.notebooks import statements

HOSTILE = Item(text="Trop <b>tôt</b> & « trop » tard ?")
STRESSED = Item(text="Un lieu", emphasised=True)


def page(*, linked: bool = False, editable: bool = False) -> Context:
    return Context({"linked": linked, "editable": editable, "LANGUAGE_CODE": "fr", "link_label": "D’ici"})


def test_what_people_wrote_is_text():
    written = statements(page(), [(HOSTILE, "abc"), (STRESSED, None)])
    assert written == (
        "<ul><li>Trop &lt;b&gt;tôt&lt;/b&gt; &amp; «\u00a0trop\u00a0» tard\u00a0?</li>"
        "<li><strong>Un lieu</strong></li></ul>"
    )


def test_each_has_its_address_where_the_page_leads_there():
    assert 'href="/e/abc" aria-label="D’ici">#</a>' in statements(page(linked=True), [(STRESSED, "abc")])
    form = 'href="/e/abc" hx-get="/e/abc/reformuler" aria-label="D’ici">✎</a>'
    assert form in statements(page(linked=True, editable=True), [(STRESSED, "abc")])
    assert "href" not in statements(page(linked=True), [(STRESSED, None)])


def test_an_empty_cell_is_empty():
    assert statements(page(), []) == ""
