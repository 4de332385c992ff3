"""Where a page's objects stand: from the file's coordinates, and those of forms within forms, to ours."""

import ctypes
from typing import Any, Final

import pypdfium2.raw as pdfium

from cahiers.documents.readers.pdfium.pieces import Area

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def turn_of(page: Any) -> Matrix:
    """From the file's coordinates to ours, the page being turned as it is shown."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return {
        1: (0.0, 1.0, 1.0, 0.0, -box.bottom, -box.left),
        2: (-1.0, 0.0, 0.0, 1.0, box.right, -box.bottom),
        3: (0.0, -1.0, -1.0, 0.0, box.top, box.right),
    }.get(pdfium.FPDFPage_GetRotation(page), (1.0, 0.0, 0.0, -1.0, -box.left, box.top))


def matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    A, B, C, D, E, F = then  # noqa: N806
    return (
        a * A + b * C,
        a * B + b * D,
        c * A + d * C,
        c * B + d * D,
        e * A + f * C + E,
        e * B + f * D + F,
    )


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(item: Any, outer: Matrix) -> Area:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    (x0, y0), (x1, y1) = apply(outer, left.value, bottom.value), apply(outer, right.value, top.value)
    return Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
