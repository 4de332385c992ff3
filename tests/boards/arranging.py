"""What tests of who runs a meeting look for on its pages, and among its cards."""

from cahiers.boards.queries import SEEN
from cahiers.notebooks.models import Statement


def text(answer):
    return answer.content.decode()


def card(words):
    one = Statement.objects.select_related("current").get(current__text=words, present=True)
    return f"{one.code}:{str(one.current_id)[:SEEN]}"


def present():
    found = Statement.objects.filter(present=True, row__present=True)
    return [one.current.text for one in found.order_by("row__position", "position")]


def undo_of(page):
    """The address of the button that undoes what was just done."""
    return page.split('<form method="post" action="')[1].split('"')[0].replace("&amp;", "&")
