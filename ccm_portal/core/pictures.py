"""Photographs, drawn anew before they are kept: nothing but the picture itself is left of the file.

What a camera notes (place, time, owner), colour profiles and whatever stands behind the picture in the file do not
survive. A picture that would fill the memory is refused by its measures, before it is unpacked.
"""

import io
import struct
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ccm_portal.core.file_kinds import GIF, JPEG, PNG, WEBP, FileRefused

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2_400  # pixels of what is kept
ON_PAPER = 1_000  # of what is printed
QUALITY = 85
LARGEST_PNG = 2 * 1024 * 1024  # above that a picture is kept as JPEG
_DECODERS = {PNG: "PNG", JPEG: "JPEG", GIF: "GIF", WEBP: "WEBP"}
_WHITE = (255, 255, 255)
_BROKEN = (OSError, EOFError, SyntaxError, ValueError, TypeError, IndexError, KeyError, struct.error, OverflowError)


def redrawn(content: bytes, kind: str, *, on_paper: bool = False) -> tuple[bytes, str]:
    """The picture upright, no larger than a page shows, with the content type it now has; for paper always JPEG.

    Drawings (PNG, GIF) stay PNG unless that is large; everything else is JPEG.

    :raises FileRefused: if it is damaged or has more than ``MOST_PIXELS``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = _flat(content, kind, ON_PAPER if on_paper else LONGEST_SIDE)
            return _written(picture, as_png=kind in (PNG, GIF) and not on_paper)
    except (UnidentifiedImageError, Image.DecompressionBombError, *_BROKEN) as wrong:
        raise FileRefused(_("This picture is damaged or cannot be read. Save it again, then upload it.")) from wrong


def _flat(content: bytes, kind: str, longest: int) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=[_DECODERS[kind]]) as opened:
        wide, high = opened.size
        if wide * high > MOST_PIXELS:
            raise FileRefused(
                _("This picture has %(pixels)s million pixels; at most %(most)s million can be taken.")
                % {"pixels": -(-wide * high // 1_000_000), "most": MOST_PIXELS // 1_000_000}
            )
        opened.draft("RGB", (longest, longest))  # a JPEG is unpacked no larger than needed
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        if upright.has_transparency_data:
            clear = upright.convert("RGBA")
            flat = Image.new("RGB", clear.size, _WHITE)
            flat.paste(clear, mask=clear.getchannel("A"))
            return flat
        return upright.convert("RGB")


def _written(picture: Image.Image, *, as_png: bool) -> tuple[bytes, str]:
    out = io.BytesIO()
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())  # without what came along in `info`
    if as_png:
        bare.save(out, "PNG", optimize=False)
        if out.tell() <= LARGEST_PNG:
            return out.getvalue(), PNG
        out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), JPEG
