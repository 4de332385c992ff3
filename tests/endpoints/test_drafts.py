import pytest

from cahiers.endpoints.drafts import refusal, with_drafts
from cahiers.textkit import LexicalVectoriser, Passage, analyse

KNOWN = {"r1", "r2", "r 3"}


@pytest.mark.parametrize(
    "text",
    [
        "Le réseau manque dans les écoles [r1]. Les familles le regrettent [r2, r 3].",
        "Le réseau manque. [r1]",
        "Le réseau manque [r1][r2] !",
        "Le réseau manque [r1]. [r2]",
    ],
)
def test_a_draft_whose_sentences_all_cite_is_kept(text: str) -> None:
    assert refusal(text, KNOWN) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Le réseau manque.",
        "Le réseau manque [r1]. Tout le monde est d’accord.",
        "Tout le monde est d’accord. Le réseau manque [r1].",
        "Le réseau manque [r9].",
        "Le réseau manque [r1, r9].",
        "[r1]",
        "Le réseau manque [].",
        "Le réseau " + "manque " * 100 + "[r1].",
    ],
)
def test_a_draft_that_does_not_cite_all_along_is_refused(text: str) -> None:
    assert refusal(text, KNOWN)


def test_only_groups_whose_draft_cites_their_own_remarks_get_one() -> None:
    passages = [Passage(f"a{n}", f"Le réseau wifi de la salle {n} est en panne") for n in range(12)]
    passages += [Passage(f"b{n}", f"Former les parents aux outils, atelier {n}") for n in range(12)]
    analysis = analyse(passages, vectoriser=LexicalVectoriser(), kinds=False, find_duplicates=False)
    assert len(analysis.at_level(1)) > 1
    first = analysis.at_level(1)[0].central[0]
    texts = {passage.id: passage.text for passage in passages}
    drafted, refused = with_drafts(analysis, texts, lambda asked, given: f"Le réseau est en panne [{first}].")
    told = [group for group in drafted.groups if group.draft]
    assert [group.key for group in told] == [analysis.at_level(1)[0].key]
    assert refused == len(analysis.at_level(1)) - 1
    assert drafted.units == analysis.units
