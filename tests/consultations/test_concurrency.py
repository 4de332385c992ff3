"""Two organisers who remove each other at the same time: one of them stays."""

from pathlib import Path
from uuid import uuid4

from cahiers.consultations.actions import create
from cahiers.consultations.models import Membership, Role
from cahiers.consultations.team import actions
from tests.crowds import NOW, play, together


def scene() -> None:
    for turn in range(5):
        slug = f"c{turn}-{uuid4()}"
        consultation = create(slug=slug, title="C", method_key="etats-generaux", by=None, now=NOW)
        pair = [
            actions.grant(
                consultation=consultation,
                email=f"{name}@exemple.example",
                role=Role.ORGANISER,
                by=None,
                now=NOW,
            )
            for name in "ab"
        ]

        def dismiss(number: int, pair: list[Membership] = pair) -> None:
            actions.dismiss(membership=pair[number], by=None, now=NOW)

        refused = [told for told in together(2, dismiss) if told is not None]
        assert [type(told) for told in refused] == [actions.LastOrganiser], refused
        assert Membership.objects.current().filter(consultation=consultation).count() == 1


def test_one_organiser_stays(prepared: Path, tmp_path: Path) -> None:
    play(scene, prepared, tmp_path)
