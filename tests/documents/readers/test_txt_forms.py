"""Session forms in text: where columns were kept by spaces, where labels were wrapped, where values came after them."""

import pytest

from cahiers import methods
from cahiers.documents.model import Meeting
from cahiers.documents.readers.txt.reader import read_text

THREE_COLUMNS = """\
Introduction
Nom de la Région            Val-de-Brume
académique
Date(s) et lieu(x) de la    Le 12/10/2020 : Hautecombe
session
Format de la session        ☐ Présentiel       ☒ Distanciel        ☐ Les 2
Cocher la case
correspondante
Animateurs de la session    Odette Marvejol, DAN
Participants à la session   ☒ Équipes pédagogiques, éducatives,                Nombre de participants : 3
Cocher les cases            administratives du premier degré                   Nombre d’établissements représentés :
correspondantes puis                                                           2
compléter le nombre de      ☐ Équipes pédagogiques, éducatives,                Nombre de participants : 0
nombre de participants      administratives du second degré
                            ☒ Représentants académiques                        Nombre de participants : 14
"""
CENTRED = """\
Nom de la Région académique            Val-de-Brume
Date(s) et lieu(x) de la session       Le 12/10/2020 : Hautecombe
Format de la session                   ☐ Présentiel   ☒ Distanciel   ☐ Les 2
Animateurs                             Odette Marvejol, DAN
                                                                                          Nombre de participants : 3
Participants à la session            ☒ Équipes pédagogiques, éducatives, administratives  Nombre d’établissements
                                     du premier degré                                     représentés : 2
                                     ☐ Équipes pédagogiques, éducatives, administratives  Nombre de participants : 0
                                     du second degré
                                     ☒ Représentants académiques                          Nombre de participants : 14
"""
VALUES_AFTER_LABELS = """\
Nom de la Région
académique
Date(s) et lieu(x)
de la session
Format de la session
Cocher la case correspondante
Animateurs de la
session
Participants à la session
Cocher les cases correspondantes
puis compléter le nombre de
participants

Val-de-Brume
Le 12/10/2020 : Hautecombe
☐ Présentiel

☒ Distanciel

☐ Les 2

Odette Marvejol, DAN
☒ Équipes pédagogiques, éducatives,
Nombre de participants :
administratives du premier degré
3
Nombre d’établissements représentés : 2
☐ Équipes pédagogiques, éducatives, administratives
du second degré
Nombre de participants : 0
☒ Représentants académiques
Nombre de participants : 14
"""
AFTER_CONTENTS = "Sommaire\nTHEMATIQUE N°1 : Garantir un égal accès au numérique pour tous   2\n"
THEME = "THEMATIQUE N°1 : Garantir un égal accès au numérique pour tous\n"


def meeting(text: str) -> Meeting:
    (found,) = read_text(text + THEME, methods.get("etats-generaux")).meetings
    return found


@pytest.mark.parametrize(
    "text", [THREE_COLUMNS, CENTRED, VALUES_AFTER_LABELS, AFTER_CONTENTS + THREE_COLUMNS]
)
def test_a_form_is_read_whatever_the_order_of_its_columns(text: str) -> None:
    found = meeting(text)
    assert found.label == "Val-de-Brume"
    assert found.dates_text == ("Le 12/10/2020 : Hautecombe",)
    assert found.format == "remote"
    assert [(person.name, person.role) for person in found.facilitators] == [("Odette Marvejol", "DAN")]
    assert [(one.category, one.checked, one.count, one.establishments) for one in found.participants] == [
        ("primary_teams", True, 3, 2),
        ("secondary_teams", False, 0, None),
        ("academic_representatives", True, 14, None),
    ]
    assert not any(one.note for one in found.participants)
