import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.textkit.french import GLOSSARY, fold, lemma, normal_form, regular, sentences, terms, tokens


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("les enseignant·e·s", "les enseignants"),
        ("un·e élu·e", "un élu"),
        ("des élu(e)s", "des élus"),
        ("les formateur.rice.s", "les formateurs"),
        ("des directeur-rice-s", "des directeurs"),
        ("l’E.N.T. du collège", "l'ENT du collège"),
        ("voir https://exemple.fr/page ou ecole@exemple.fr", "voir   ou  "),
    ],
)
def test_one_spelling(typed: str, meant: str) -> None:
    assert regular(typed) == meant


def test_a_full_stop_without_space_is_no_inclusive_ending() -> None:
    assert "Début" in regular("La fin.Début des travaux")


@pytest.mark.parametrize(
    "text", ["Pas de réseau", "manque de temps", "sans ordinateur", "aucun retour", "jamais là"]
)
def test_negation_and_lack_are_kept(text: str) -> None:
    assert set(terms(text)) & {"pas", "manque", "sans", "aucun", "jamais"}


def test_acronyms_stay_whole() -> None:
    assert list(terms("L’ENT et le BYOD en EPLE, selon le RUPN")) == ["ent", "byod", "eple", "rupn"]


def test_a_consultation_has_its_own_glossary() -> None:
    glossary = GLOSSARY.with_terms(["Pôle-Num"], {"TBI": "TNI"})
    assert next(terms("le TBI en panne", glossary)) == "tni"


def test_elision_and_phone_spelling() -> None:
    assert list(terms("j’ai bcp de pbs d’ordi")) == ["beaucoup", "probleme", "ordinateur"]


def test_inflected_forms_meet() -> None:
    assert set(terms("Les connexions lentes")) == set(terms("une connexion lente"))


def test_case_accents_and_punctuation_make_no_difference() -> None:
    assert normal_form("Pas de RÉSEAU !!!") == normal_form("pas de reseau")


def test_numbers_make_a_difference() -> None:
    assert normal_form("dans 2 ans") != normal_form("dans 4 ans")


def test_one_long_answer_speaks_of_three_things() -> None:
    text = "Le wifi est lent. M. Untel l’a dit p. 3 ; il faut former les équipes\n► et les parents aussi !"
    found = [span.of(text) for span in sentences(text)]
    assert found == [
        "Le wifi est lent.",
        "M. Untel l’a dit p. 3",
        "il faut former les équipes",
        "et les parents aussi !",
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_spans_quote_the_original_in_order(text: str) -> None:
    position = 0
    for span in sentences(text):
        assert position <= span.start < span.end <= len(text)
        assert any(c.isalnum() for c in span.of(text))
        position = span.end


@given(st.text(max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    assert all(tokens(text))
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.text(alphabet="abcdéèàç", min_size=1, max_size=12))
def test_lemmas_have_no_accent(word: str) -> None:
    assert lemma(word) == fold(lemma(word))
