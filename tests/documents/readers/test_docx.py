"""Word documents as people, Word and LibreOffice make them."""

import io
import zipfile

import pytest

from cahiers.documents.blocks import Paragraph, Role, RunRole
from cahiers.documents.errors import DocumentError, Unreadable
from cahiers.documents.readers.docx import READER, blocks_of
from tests.documents.packages import docx, odt, package, texts
from tests.documents.readers.word import BULLETS, METHOD, cell, only, par, read, run


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("Deux ") + run("mots"), "Deux mots"),
        ("<w:ins>" + run("ajouté") + "</w:ins><w:del><w:r><w:delText>ôté</w:delText></w:r></w:del>", "ajouté"),
        ("<w:moveFrom>" + run("d’ici") + "</w:moveFrom><w:moveTo>" + run("là") + "</w:moveTo>", "là"),
        ('<w:hyperlink r:id="x">' + run("un lien") + "</w:hyperlink>", "un lien"),
        ('<w:smartTag w:element="p"><w:customXml>' + run("balisé") + "</w:customXml></w:smartTag>", "balisé"),
        (run("vu") + run(" caché", "<w:vanish/>"), "vu"),
        (run("vu", '<w:vanish w:val="0"/>'), "vu"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>mi</w:t><w:noBreakHyphen/><w:t>temps</w:t></w:r>", "mi\u2011temps"),
        ("<w:r><w:t>anti</w:t><w:softHyphen/><w:t>virus</w:t></w:r>", "anti\u00advirus"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run(" oui"), "☑ oui"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F06F"/></w:r>' + run(" non"), "☐ non"),
        ('<w:r><w:sym w:font="Inconnue" w:char="zz"/></w:r>' + run("reste"), "reste"),
        (run("\uf0d8", '<w:rFonts w:ascii="Wingdings"/>') + run(" idée"), "➢ idée"),
        (run("note") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "note"),
        ("<m:oMath><m:r><m:t>a²</m:t></m:r></m:oMath>", "a²"),
        ('<w:fldSimple w:instr="PAGE">' + run("12") + "</w:fldSimple>", "12"),
        ("<w:r><w:t>sur deux\n   lignes du fichier</w:t></w:r>", "sur deux    lignes du fichier"),
        ("<w:r><w:ruby><w:rt>" + run("glose") + "</w:rt><w:rubyBase>" + run("base") + "</w:rubyBase></w:ruby></w:r>",
         "base"),
        ('<mc:AlternateContent><mc:Choice Requires="x">' + run("neuf") + "</mc:Choice><mc:Fallback>"
         + run("vieux") + "</mc:Fallback></mc:AlternateContent>", "neuf"),
    ],
)  # fmt: skip
def test_words_of_a_paragraph_are_what_its_reader_sees(content: str, expected: str) -> None:
    assert only(par(content)).text == expected


def test_a_field_shows_its_result_and_not_its_code() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        + run("dans le code")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("résultat")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + run(" suite")
    )
    assert read(par(field) + par("Après")) == ["résultat suite", "Après"]
    assert read(par('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("seul"))) == ["seul"]


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ("<w:checked/>", "☒"),
        ('<w:checked w:val="0"/>', "☐"),
        ('<w:default w:val="1"/>', "☒"),
        ("", "☐"),
    ],
)
def test_an_old_form_box_is_ticked_or_not(box: str, expected: str) -> None:
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{box}</w:checkBox></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert only(par(field + run(" Chercheurs"))).text == f"{expected} Chercheurs"


def test_an_old_form_list_shows_its_choice() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="Présentiel"/><w:listEntry w:val="Distanciel"/></w:ddList></w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert only(par(field)).text == "Distanciel"


@pytest.mark.parametrize(("checked", "expected"), [("1", "☒"), ("0", "☐")])
def test_a_content_control_box_is_read_by_its_state(checked: str, expected: str) -> None:
    control = (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox></w:sdtPr>'
        '<w:sdtContent><w:r><w:sym w:font="Wingdings" w:char="F0FD"/></w:r></w:sdtContent></w:sdt>'
    )
    assert only(par(control + run(" Opérateurs"))).text == f"{expected} Opérateurs"


def test_content_controls_are_read_wherever_they_stand_but_for_prompts() -> None:
    def control(content: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    row = "<w:tr>" + control(cell("cellule")) + cell("autre") + "</w:tr>"
    body = (
        control(par("bloc"))
        + par(control(run("dans la ligne")))
        + f"<w:tbl>{control(row)}</w:tbl>"
        + control(par("Cliquez ici pour entrer du texte."), "<w:showingPlcHdr/>")
        + control(
            par("THEMATIQUE N°1 : titre.....4"),
            '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
        )
    )
    assert read(body) == ["bloc", "dans la ligne", [[["cellule"], ["autre"]]]]


def test_lines_of_a_table_of_contents_are_no_content() -> None:
    style = '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    assert read(par("1. Titre....3", '<w:pStyle w:val="TM1"/>') + par("Vrai"), styles=style) == ["Vrai"]


def test_hand_broken_lines_are_paragraphs_and_the_first_alone_has_the_bullet() -> None:
    body = par(
        "<w:r><w:t>un</w:t><w:br/><w:t>deux</w:t><w:cr/><w:t> </w:t><w:br/><w:t>trois</w:t></w:r>",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>',
    )
    blocks = blocks_of(docx(body, numbering=BULLETS))
    assert [(b.text, b.listed) for b in blocks if isinstance(b, Paragraph)] == [
        ("un", True),
        ("deux", False),
        ("trois", False),
    ]


@pytest.mark.parametrize(
    ("numbering", "listed"),
    [
        ('<w:ilvl w:val="0"/><w:numId w:val="4"/>', True),
        ('<w:numId w:val="4"/>', True),
        ('<w:ilvl w:val="1"/><w:numId w:val="4"/>', False),
        ('<w:numId w:val="5"/>', True),
        ('<w:numId w:val="6"/>', False),
        ('<w:numId w:val="0"/>', False),
        ('<w:numId w:val="99"/>', False),
    ],
)
def test_a_paragraph_is_listed_where_word_draws_something(numbering: str, listed: bool) -> None:
    assert only(par("x", f"<w:numPr>{numbering}</w:numPr>"), numbering=BULLETS).listed is listed


def test_a_style_may_draw_the_bullet_and_a_paragraph_refuse_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Liste à puces"/>'
        '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Fille"/><w:basedOn w:val="A"/></w:style>'
    )
    assert only(par("x", '<w:pStyle w:val="B"/>'), styles=styles, numbering=BULLETS).listed
    refused = '<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert not only(par("x", refused), styles=styles, numbering=BULLETS).listed


@pytest.mark.parametrize(
    ("properties", "emphasised"),
    [
        ('<w:b/><w:color w:val="00B050"/>', True),
        ('<w:b/><w:color w:val="70AD47"/>', True),
        ('<w:b/><w:color w:val="385623"/>', True),
        ('<w:b w:val="1"/><w:color w:val="1b6e3c"/>', True),
        ('<w:bCs/><w:color w:val="1B6E3C"/>', True),
        ('<w:color w:val="00B050"/>', False),
        ('<w:b/><w:color w:val="00B0F0"/>', False),
        ('<w:b/><w:color w:val="008080"/>', False),
        ('<w:b/><w:color w:val="FFFF00"/>', False),
        ('<w:b/><w:color w:val="auto"/>', False),
        ('<w:b/><w:color w:val="7F7F7F"/>', False),
        ("<w:b/>", False),
        ('<w:b w:val="0"/><w:color w:val="00B050"/>', False),
        ('<w:rStyle w:val="Fort"/><w:color w:val="00B050"/>', True),
        ('<w:rStyle w:val="Fort"/>', False),
    ],
)
def test_emphasis_is_bold_and_green(properties: str, emphasised: bool) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Fort"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    assert only(par(run("Former", properties)), styles=styles).runs[0].emphasised is emphasised


def test_emphasis_may_come_from_the_paragraph_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:rPr><w:color w:val="00B050"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="G"><w:name w:val="Gras"/><w:basedOn w:val="Normal"/>'
        "<w:rPr><w:b/></w:rPr></w:style>"
    )
    runs = only(
        par(run("oui ") + run("non", '<w:b w:val="0"/>'), '<w:pStyle w:val="G"/>'), styles=styles
    ).runs
    assert [(r.text, r.emphasised) for r in runs] == [("oui ", True), ("non", False)]


def test_styles_that_name_each_other_as_parents_are_no_loop() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:name w:val="{own}"/><w:basedOn w:val="{parent}"/></w:style>'
        for own, parent in (("A", "B"), ("B", "A"))
    )
    assert only(par("x", '<w:pStyle w:val="A"/>'), styles=styles).text == "x"


@pytest.mark.parametrize(
    ("style", "level"),
    [
        ('<w:name w:val="heading 2"/>', 2),
        ('<w:name w:val="Titre 1"/>', 1),
        ('<w:name w:val="Title"/>', 1),
        ('<w:name w:val="Ma barre"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>', 1),
        ('<w:name w:val="heading 9"/>', 6),
        ('<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>', None),
        ('<w:name w:val="Corps"/>', None),
    ],
)
def test_headings_have_a_level(style: str, level: int | None) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="S">{style}</w:style>'
    assert only(par("x", '<w:pStyle w:val="S"/>'), styles=styles).heading_level == level


def test_our_styles_are_known_by_name_even_through_a_style_made_from_them() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="q7"><w:name w:val="Cahiers E\u0301nonce\u0301"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="q8"><w:name w:val="Mienne"/><w:basedOn w:val="q7"/></w:style>'
        '<w:style w:type="character" w:styleId="q9"><w:name w:val="Cahiers Nom"/></w:style>'
    )
    paragraph = only(par(run("Nom", '<w:rStyle w:val="q9"/>'), '<w:pStyle w:val="q8"/>'), styles=styles)
    assert paragraph.role is Role.ITEM
    assert paragraph.runs[0].role is RunRole.NAME


def test_the_strict_variant_and_another_name_of_the_main_part_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>strict</w:t></w:r></w:p></w:body></w:document>'
    file = package({"word/document2.xml": document})
    assert READER.accepts(file, "x.docx")
    assert texts(blocks_of(file)) == ["strict"]


def test_macros_are_not_looked_at() -> None:
    file = docx(par("Texte"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 64)
    assert texts(blocks_of(file)) == ["Texte"]


@pytest.mark.parametrize(
    ("content", "filename", "accepted"),
    [
        (docx("").getvalue(), "sans-extension", True),
        (odt("").getvalue(), "faux.docx", False),
        (docx("").getvalue()[:-30], "tronqué.docx", True),
        (b"", "vide.docx", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protégé.docx", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien.doc", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "autre.xls", False),
        (b"", "vide.odt", False),
        (b"bonjour", "texte.docx", False),
        (b"PK", "x.docx", True),
    ],
)
def test_accepts_by_content_and_claims_its_damaged_files_by_name(
    content: bytes, filename: str, accepted: bool
) -> None:
    stream = io.BytesIO(content)
    assert READER.accepts(stream, filename) is accepted
    assert stream.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 et rien",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        docx(par("x" * 500)).getvalue()[:200],
        package({"word/autre.xml": ""}).getvalue(),
        package({"word/document.xml": ""}).getvalue(),
        package({"word/document.xml": "<a><b></a>"}).getvalue(),
        package({"word/document.xml": "<a/>"}).getvalue(),
        package({"word/document.xml": b"\xff\xfe<\0a\0"}).getvalue(),
        package({"word/document.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}).getvalue(),
        package({"word/document.xml": f"<!--{' ' * 70_000}--><!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"}).getvalue(),
        package({"word/document.xml": '<?xml version="1.0" encoding="inconnu"?><a/>'}).getvalue(),
        package({"word/document.xml": "<a>" + "<b/>" * 2_100_000 + "</a>"}).getvalue(),
        docx("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300).getvalue(),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_word_document_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.read(io.BytesIO(content), METHOD)
    assert str(refusal.value).endswith(".")


def test_deep_nesting_within_what_the_parser_takes_is_read_or_refused() -> None:
    for depth in (10, 40, 80):
        body = "<w:tbl><w:tr><w:tc>" * depth + par("fond") + "</w:tc></w:tr></w:tbl>" * depth
        try:
            assert read(body) == [[[["fond"]]]]
        except DocumentError:
            assert depth > 40


def test_sixty_thousand_runs_of_a_paragraph_are_read_at_once() -> None:
    assert len(only(par(run("mot ") * 60_000)).text) == 240_000
