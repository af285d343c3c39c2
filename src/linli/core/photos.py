"""Pictures: decoding what strangers send, without EXIF and within limits; thumbnails and blurring.

Works on paths only; where pictures are kept lives in files.py.
"""

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFilter, ImageOps

from linli.core.errors import InvalidInput

SIDES: Final = (320, 1280)
LONGEST_SIDE: Final = 4096
PIXELS: Final = 64_000_000
# Of those that can only be decoded whole, unlike the JPEG of a camera.
PIXELS_WHOLE: Final = 40_000_000
QUALITY: Final = 88
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
# A picture of all the pixels that are allowed fills 256 MB for a moment: a process decodes one at a time.
_ONE: Final = threading.Lock()
# Blurring first averages a region into so few tiles that neither a face nor a number plate can be rebuilt.
_TILES: Final = 5


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a photo: left upper corner and size as fractions of its width and height, 0 to 1."""

    x: float
    y: float
    width: float
    height: float


def clean(path: Path) -> None:
    """Write a photo anew in its own format: upright, at most LONGEST_SIDE, nothing but pixels.

    Raises: file.broken, file.too_large
    """
    with _decoded(path, LONGEST_SIDE) as (image, kind):
        _write(image, path, kind)


def shrink(source: Path, target: Path, pixels: int) -> None:
    """Write a WebP of the photo at most so many pixels wide and high.

    Raises: file.broken, file.too_large
    """
    with _decoded(source, pixels) as (image, _kind):
        _write(image, target, "WEBP")


def blur(source: Path, target: Path, regions: Collection[Region]) -> None:
    """Write the photo with these regions made unrecognisable for good.

    Raises: file.region, file.broken, file.too_large
    """
    with _decoded(source, LONGEST_SIDE) as (image, kind):
        for region in regions:
            _smear(image, region)
        _write(image, target, kind)


def broken() -> InvalidInput:
    """The refusal of a file whose content is damaged or not what it claims."""
    return InvalidInput("file.broken", _("The file is damaged or not what it claims to be."))


@contextmanager
def _decoded(path: Path, side: int) -> Iterator[tuple[Image.Image, str]]:
    """The upright picture, at most so many pixels wide and high, with its format's name.

    Bombs are refused before a pixel is decoded.
    """
    try:
        with _ONE, Image.open(path, formats=_FORMATS) as opened:
            kind = str(opened.format)
            most = PIXELS if kind == "JPEG" else PIXELS_WHOLE
            if opened.width * opened.height > most:
                raise _too_many_pixels(most)
            # JPEG can be decoded at a fraction of its size, which saves most of the work.
            opened.draft("RGB", (side * 2, side * 2))
            opened.load()
            image = _small(opened, side)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(PIXELS_WHOLE) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise broken() from error
    yield image, kind


def _small(image: Image.Image, side: int) -> Image.Image:
    """Upright and no larger than that; eight bits a channel, in colours that every format holds, no metadata.

    Made small before it is turned, so that never two large pictures are held.
    """
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    mode = "RGBA" if clear else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    plain.thumbnail((side, side))
    turned = ImageOps.exif_transpose(plain)
    turned.info = {}
    return turned


def _write(image: Image.Image, path: Path, kind: str) -> None:
    if kind == "PNG":
        image.save(path, kind, optimize=False)
    elif kind == "JPEG":
        image.convert("RGB").save(path, kind, quality=QUALITY, optimize=True)
    else:
        image.save(path, kind, quality=QUALITY if max(image.size) > SIDES[0] else 78)


def _smear(image: Image.Image, region: Region) -> None:
    edges = (region.x, region.y, region.x + region.width, region.y + region.height)
    if region.width <= 0 or region.height <= 0 or not all(-1e-6 <= edge <= 1 + 1e-6 for edge in edges):
        raise InvalidInput("file.region", _("The region does not lie inside the photo."))
    left, upper = int(edges[0] * image.width), int(edges[1] * image.height)
    right = min(image.width, max(left + 1, round(edges[2] * image.width)))
    lower = min(image.height, max(upper + 1, round(edges[3] * image.height)))
    box = (left, upper, right, lower)
    tile = max(1, max(right - left, lower - upper) // _TILES)
    size = (max(1, (right - left) // tile), max(1, (lower - upper) // tile))
    few = image.crop(box).resize(size, Image.Resampling.BOX)
    smooth = few.resize((right - left, lower - upper), Image.Resampling.NEAREST)
    image.paste(smooth.filter(ImageFilter.GaussianBlur(tile / 3)), box)


def _too_many_pixels(most: int) -> InvalidInput:
    return InvalidInput("file.too_large", _("The photo has more than %(pixels)s pixels."), pixels=most)
