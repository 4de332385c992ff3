"""What people do with pages of editing, and the addresses of these."""

from html import unescape
from uuid import uuid4


def send(client, address, **given):
    """What the form of that page holds, with what is typed in it."""
    page = client.get(address)
    assert page.status_code == 200, address
    form = page.context["form"]
    held = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in {**held, **given}.items() if value not in (None, False)}
    return client.post(address, sent)


def press(client, thing, address, **given):
    """A button without a form of its own."""
    return client.post(address, {"seen": thing.current_id, "command": uuid4(), **given})


def said(client, response):
    """The words of the page that follows, and where its message undoes."""
    page = client.get(response.url)
    notices = [(str(one), one.extra_tags) for one in page.context["messages"]]
    return unescape(page.content.decode()), notices[0] if notices else ("", "")


def undo(client, response):
    _, (_, address) = said(client, response)
    return client.post(address)


def pages(statement, row):
    """Each address of editing, and whether it takes POST alone."""
    of_statement = ["reformuler", "deplacer", "diviser", "fusionner"]
    at_once = ["souligner", "supprimer", "retablir"]
    return [
        *((f"/e/{statement.code}/{name}", False) for name in of_statement),
        *((f"/e/{statement.code}/{name}", True) for name in at_once),
        *((f"/l/{row.uuid}/{name}", False) for name in ("ajouter", "nommer", "citer", "deplacer")),
        (f"/l/{row.uuid}", False),
        (f"/l/{row.uuid}/supprimer", True),
        ("/ecole/cote-d-aubrac/theme-1/diagnosis/ajouter", False),
        (f"/ecole/cote-d-aubrac/annuler/{uuid4()}", True),
    ]
