"""What each address of a command does."""

from collections.abc import Callable, Mapping
from typing import Final

from cahiers.boards.host import arranging, leading
from cahiers.boards.host.asked import Asked, Done

Deed = Callable[[Asked], Done]

#: For the whole room.
LEADING: Final[Mapping[str, Deed]] = {
    "aller": leading.go_to,
    "temps": leading.set_step,
    "minuteur": leading.set_timer,
    "points": leading.set_dots,
    "decouverte": leading.set_hiding,
    "fiche": leading.show_sheets,
    "ecran": leading.turn_to,
    "masquer": leading.hide,
    "montrer": leading.show,
    "mains": leading.count_hands,
    "noter": leading.write_down,
}
#: Edits of the notebook.
ARRANGING: Final[Mapping[str, Deed]] = {
    "ranger": arranging.move,
    "fusionner": arranging.merge,
    "souligner": arranging.emphasise,
    "reformuler": arranging.reword,
    "supprimer": arranging.delete,
    "nommer": arranging.name_row,
    "ordonner": arranging.order_row,
    "reunir": arranging.merge_rows,
    "supprimer-ligne": arranging.delete_row,
    "emporter": arranging.carry,
    "annuler": arranging.undo,
}
DEEDS: Final[Mapping[str, Deed]] = {**LEADING, **ARRANGING}
