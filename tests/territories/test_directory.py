"""Reading a directory: encodings, separators, headers, and what is no directory."""

from io import BytesIO

import pytest

from cahiers.documents.errors import Unreadable
from cahiers.territories.directory import HEADERS, Broken, Field, Line, opened
from tests.territories.listings import listing, row


def lines(data: bytes) -> list[Line | Broken]:
    return list(opened(BytesIO(data)).lines())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found(encoding: str, separator: str) -> None:
    name = "École élémentaire « Les Forêts », à côté du Théâtre"
    data = listing(row(9000, appellation_officielle=name), separator=separator, encoding=encoding)
    directory = opened(BytesIO(data))
    assert directory.separator == separator
    (line,) = directory.lines()
    assert isinstance(line, Line)
    assert line[Field.NAME] == name
    assert line[Field.BASIN] == "Bassin du Haut-Veyron"


def test_headers_are_known_however_they_are_typed() -> None:
    header = b"Identifiant_de_l_etablissement;Nom_etablissement;Nom_commune;Code_departement;Type_etablissement\r\n"
    directory = opened(BytesIO(header + b"0019000A;Les Tilleuls;Saint-Aubier;001;Coll\xc3\xa8ge\r\n"))
    assert directory.columns == {
        Field.UAI: "Identifiant_de_l_etablissement",
        Field.NAME: "Nom_etablissement",
        Field.COMMUNE: "Nom_commune",
        Field.DEPARTMENT: "Code_departement",
        Field.KIND: "Type_etablissement",
    }
    by_hand = opened(BytesIO("N° UAI ;Nom de l’établissement;BASSIN\n".encode()))
    assert list(by_hand.columns) == [Field.UAI, Field.NAME, Field.BASIN]


def test_no_header_belongs_to_two_fields() -> None:
    names = [name for names in HEADERS.values() for name in names]
    assert len(set(names)) == len(names)


def test_the_surest_header_wins() -> None:
    directory = opened(BytesIO(b"identifiant;numero_uai;nom;libelle_departement;code_departement\n"))
    assert directory.columns[Field.UAI] == "numero_uai"
    assert directory.columns[Field.DEPARTMENT] == "code_departement"


def test_a_title_above_the_header_and_blank_lines_are_passed_over() -> None:
    data = "Collèges du bassin;;\n;;\nUAI;Nom;Commune\n;;\n0019000A;Les  Tilleuls ;Saint-Aubier\n\n".encode()
    (line,) = lines(data)
    assert isinstance(line, Line)
    assert (line.number, line[Field.NAME]) == (5, "Les Tilleuls")


def test_lines_are_numbered_as_in_the_file_even_where_a_cell_holds_a_newline() -> None:
    data = b'uai;nom\n"0019000A";"Les\nTilleuls"\n0019001B;Les Ormes\n'
    found = [line for line in lines(data) if isinstance(line, Line)]
    assert [(line.number, line[Field.NAME]) for line in found] == [(2, "Les Tilleuls"), (4, "Les Ormes")]


def test_a_short_line_has_empty_cells() -> None:
    (line,) = lines(b"uai;nom;commune\n0019000A;Les Tilleuls\n")
    assert isinstance(line, Line)
    assert line[Field.COMMUNE] == ""


def test_a_misplaced_quote_is_told_and_the_next_lines_are_read() -> None:
    broken, line = lines(b'uai;nom\n0019000A;"Les "Tilleuls"\n0019001B;Les Ormes\n')
    assert broken == Broken(2, "un guillemet est mal placé")
    assert isinstance(line, Line)


def test_a_quote_that_never_closes_is_told_where_it_opens() -> None:
    assert lines(b'uai;nom\n0019000A;"Les Tilleuls\n0019001B;Les Ormes\n') == [
        Broken(2, "un guillemet ouvert sur cette ligne n’est jamais refermé")
    ]


def test_one_bad_byte_does_not_spoil_the_accents_of_the_others() -> None:
    good = "".join(f"00190{serial:02}A;Collège Émile-Ferréol n° {serial}\n" for serial in range(30)).encode()
    directory = opened(BytesIO(b"uai;nom\n" + good + b"0019050A;Coll\xe8ge\n"))
    assert directory.encoding == "utf-8"
    *rest, last = directory.lines()
    assert all("Émile-Ferréol" in line[Field.NAME] for line in rest if isinstance(line, Line))
    assert isinstance(last, Line)
    assert last[Field.NAME] == "Coll\ufffdge"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Le fichier est vide"),
        (b" \n \n", "Le fichier est vide"),
        (b"PK\x03\x04 rest of a workbook", "Ce fichier est un classeur, non un CSV"),
        (b"%PDF-1.7", "Ce fichier est un PDF"),
        (b"commune;ville\n", "Il manque une colonne : numéro UAI et nom. Colonnes reconnues : commune"),
        (b"uai;adresse\n", "Il manque une colonne : nom. Colonnes reconnues : uai"),
        (bytes(range(256)), "Aucune colonne n’est reconnue"),
    ],
)
def test_what_is_no_directory_is_told_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        opened(BytesIO(data))


def test_lines_are_read_as_they_are_asked_for_and_the_stream_stays_open() -> None:
    stream = BytesIO(listing(*(row(serial) for serial in range(9000, 9999))) * 5)
    found = opened(stream).lines()
    next(found)
    assert stream.tell() < len(stream.getvalue()) / 2
    list(found)
    assert not stream.closed
