"""Bodies of cells."""

import pytest

from cahiers.contributions.tables.bodies import lines, plain, short


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Trop   loin ", "Trop loin"),
        ("Trop\u00a0loin\u202f!", "Trop loin !"),
        ("une\r\ndeux\rtrois\n\n\n quatre", "une\ndeux\ntrois\n\nquatre"),
        ("<p>Un <b>deux</b></p><p>trois</p>", "Un deux\n\ntrois"),
        ("<p>Un<br></p><p><br></p><p>deux</p>", "Un\n\ndeux"),
        ("<div>Un</div><div>deux</div><div><br></div><div>trois</div>", "Un\ndeux\n\ntrois"),
        ("Un<br><br>deux", "Un\n\ndeux"),
        (
            "<p>Voici :</p><ul><li><p>Un</p></li><li></li><li>Deux<ul><li>Trois</li></ul></li></ul><p>Fin</p>",
            "Voici :\n\n- Un\n- Deux\n- Trois\n\nFin",
        ),
        ("Un<br>deux<br/>trois", "Un\ndeux\ntrois"),
        ("<ul><li>Un</li><li><p>Deux</p></li></ul>", "- Un\n- Deux"),
        ("<p>Un\n  deux</p>", "Un deux"),
        ("Une ligne\nune <em>autre</em>", "Une ligne\nune autre"),
        ("<script>alert(1)</script><p>Un</p><style>p {}</style>", "Un"),
        ("5 < 6 et 7 > 3", "5 < 6 et 7 > 3"),
        ("l&#39;école &amp; le coll&egrave;ge", "l'école & le collège"),
        ("R&D & co", "R&D & co"),
        ("a\x00b\x1b[31m\u202ec\ufeff", "ab[31mc"),
        ("<p>mal <b>fermé", "mal fermé"),
        ("<!-- rien --><div></div>", ""),
    ],
)
def test_bodies_become_tidy_lines(cell, text):
    assert plain(cell)[0] == text


def test_links_are_kept_apart():
    html = '<p>Voir <a href="https://a.example/x">ici</a>, <a href="javascript:x()">là</a></p><iframe src="https://v.example/1"></iframe>'
    assert plain(html) == ("Voir ici, là", ("https://a.example/x", "https://v.example/1"))


def test_tidying_twice_changes_nothing():
    once = lines("  a \x0b b\u2028c\x85 d ")
    assert once == "a\nb\nc\nd" == lines(once)


@pytest.mark.parametrize("depth", [10, 5000])
def test_deep_markup_does_not_fall_over(depth):
    assert "fond" in plain("<div>" * depth + "fond" + "</div>" * depth)[0] or depth > 10


def test_translated_names_as_ruby_prints_them():
    assert short('{"en"=>"Schools", "fr"=>"Écoles"}, {"en"=>"Towns", "fr"=>"Villes"}') == "Écoles, Villes"
    assert short('{"ca" => "Escoles"}') == "Escoles"
    assert short("{simple}") == "{simple}"
