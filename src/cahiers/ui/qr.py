"""QR codes as inline drawings: no image is fetched."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """An <svg> as large as what holds it, dark on light whatever the theme; the address stands beside it in words."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=3, light="#fff", svgclass="qr"
    )
    # Drawn by the library of modules alone: the text itself is not in it.
    return mark_safe(drawn.getvalue().decode())  # noqa: S308
