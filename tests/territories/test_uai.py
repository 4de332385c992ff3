"""Numbers of establishments."""

import pytest

from cahiers.territories import uai


def number(digits: str) -> str:
    return digits + uai.control_letter(digits)


def test_the_control_letter_is_the_remainder_by_23_without_i_o_and_q() -> None:
    assert uai.control_letter("0000000") == "A"
    assert uai.control_letter("0000008") == "J"
    assert uai.control_letter("0000013") == "P"
    assert uai.control_letter("0000022") == "Z"
    assert uai.control_letter("0000023") == "A"


def test_case_and_spaces_do_not_matter() -> None:
    assert uai.parse(" 001 9990 d ") == "0019990D" == number("0019990")


@pytest.mark.parametrize(
    "typed", ["", "19990D", "0019990", "00199900", "0019990DD", "ABCDEFGH", "٠٠١٩٩٩٠D", "001-9990"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(uai.Malformed, match="sept chiffres puis une lettre"):
        uai.parse(typed)


def test_every_single_wrong_digit_is_caught() -> None:
    right = number("0019990")
    for at in range(7):
        for digit in set("0123456789") - {right[at]}:
            with pytest.raises(uai.Malformed, match="lettre de contrôle"):
                uai.parse(right[:at] + digit + right[at + 1 :])


@pytest.mark.parametrize(
    ("digits", "code"), [("0019990", "01"), ("6209990", "2A"), ("7209990", "2B"), ("9749990", "974")]
)
def test_the_first_digits_tell_the_department(digits: str, code: str) -> None:
    assert uai.department_code(number(digits)) == code
