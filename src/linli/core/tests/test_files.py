"""The file store: contents by hash, types by looking, EXIF gone, limits kept, orphans swept."""

import io
import os
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from linli.core import files, photos
from linli.core.errors import InvalidInput, NotFound
from linli.core.photos import Region

DAY = timedelta(days=1).total_seconds()


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), orientation: int = 1) -> bytes:
    """A photo with a red left half, made by a camera at a known place."""
    image = Image.new("RGB", size, "white")
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1]))
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (26.0, 35.0, 12.0)
    out = io.BytesIO()
    image.save(out, kind, exif=exif, comment=b"SecretComment")
    return out.getvalue()


def package(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return out.getvalue()


def refusal(content: bytes, limit: int = files.LIMIT) -> str:
    with pytest.raises(InvalidInput) as refused:
        files.store(io.BytesIO(content), limit)
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_upright_and_without_its_metadata(kind: str) -> None:
    content = photo(kind, orientation=6)
    assert b"SecretCamera" in content
    stored = files.store(io.BytesIO(content))
    path = files.path_of(stored.sha256)
    kept = path.read_bytes()
    assert stored.media_type == f"image/{kind.lower()}"
    assert stored.size == len(kept)
    assert files.intact(stored.sha256)
    assert b"Secret" not in kept
    assert b"Exif" not in kept
    with Image.open(path) as image:
        assert image.size == (40, 60)
        assert not image.getexif()
        # Orientation 6 turns the red left half to the top.
        red, white = image.convert("RGB").getpixel((20, 10)), image.convert("RGB").getpixel((20, 50))
        assert isinstance(red, tuple)
        assert isinstance(white, tuple)
        assert red[0] > 150
        assert red[1] < 60
        assert min(white) > 230


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 hello", files.PDF),
        (package("[Content_Types].xml", "word/document.xml"), files.DOCX),
        (package("[Content_Types].xml", "xl/workbook.xml"), files.XLSX),
    ],
)
def test_papers_are_kept_as_they_are(data: Path, content: bytes, media_type: str) -> None:
    stored = files.store(io.BytesIO(content))
    assert stored.media_type == media_type
    path = files.path_of(stored.sha256)
    assert path.read_bytes() == content
    assert path.relative_to(data / "files").parts == (stored.sha256[:2], stored.sha256[2:4], stored.sha256)
    assert not list((data / "files" / "drafts").iterdir())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.broken"),
        (b"MZ\x90\x00\x03", "file.type"),
        (b"<html><script>alert(1)</script>", "file.type"),
        (b"GIF89a" + b"\0" * 20, "file.type"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, "file.type"),
        (package("evil.exe"), "file.type"),
        (package("word/document.xml", "word/vbaProject.bin"), "file.type"),
        (b"PK\x03\x04 not a zip", "file.broken"),
        (b"\xff\xd8\xff\xe0 not a photo", "file.broken"),
        (photo()[:300], "file.broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "file.broken"),
        (photo("JPEG")[:2] + b"\xff" + b"RIFF", "file.broken"),
    ],
)
def test_what_is_refused_and_leaves_nothing_behind(data: Path, content: bytes, code: str) -> None:
    assert refusal(content) == code
    assert not [path for path in (data / "files").rglob("*") if path.is_file() and path.name != ".lock"]


def test_the_limit_in_bytes_is_kept_to_the_byte() -> None:
    content = b"%PDF-" + b"x" * 95
    assert files.store(io.BytesIO(content), 100).size == 100
    assert refusal(content + b"x", 100) == "file.too_large"


def test_bombs_are_refused_before_they_unfold(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    Image.new("1", (7000, 6000)).save(out, "PNG")
    assert refusal(out.getvalue()) == "file.too_large"
    out = io.BytesIO()
    Image.new("L", (9000, 9000)).save(out, "JPEG")
    assert refusal(out.getvalue()) == "file.too_large"
    huge = io.BytesIO()
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 4_000_000)
    assert refusal(huge.getvalue(), 100_000) == "file.broken"


def test_what_hangs_on_a_photo_is_not_kept() -> None:
    """A script behind the last pixel, or in the notes of the format: what is kept was written anew."""
    script = b"<script>alert(1)</script><?php echo 1 ?>"
    for kind, size in (("JPEG", (60, 40)), ("PNG", (60, 40)), ("WEBP", (60, 40)), ("JPEG", (5000, 100))):
        exif = Image.Exif()
        exif[0x010E] = exif[0x9286] = script.decode()
        out = io.BytesIO()
        Image.new("RGB", size).save(out, kind, exif=exif, comment=script, icc_profile=script, xmp=script)
        assert out.getvalue().count(b"<script>") > 1, kind
        stored = files.store(io.BytesIO(out.getvalue() + script))
        assert stored.media_type == f"image/{kind.lower()}"
        for path in (files.path_of(stored.sha256), files.thumbnail(stored.sha256, 320)):
            assert b"script" not in path.read_bytes(), kind
            assert b"php" not in path.read_bytes(), kind


@pytest.mark.parametrize("mode", ["P", "1", "L", "LA", "RGBA", "RGB", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_turned_upright(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new(mode, (5000, 40)).save(out, kind, exif=exif)
    with Image.open(files.path_of(files.store(io.BytesIO(out.getvalue())).sha256)) as kept:
        assert (kept.format, kept.size) == (kind, (33, 4096))
        assert kept.mode in ("RGB", "RGBA")


def test_large_photos_are_reduced(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = files.store(io.BytesIO(photo(size=(5000, 100))))
    with Image.open(files.path_of(stored.sha256)) as image:
        assert image.size == (4096, 82)


def test_text_is_taken_only_where_ledgers_are() -> None:
    for text in ("编号,姓名\n1,张三\n".encode("gb18030"), "编号,姓名\n".encode(), b"\xef\xbb\xbfa,b\n"):
        assert refusal(text) == "file.type"
        assert files.store(io.BytesIO(text), allowed=files.LEDGERS).media_type == files.CSV


def test_thumbnails_are_made_once(data: Path) -> None:
    stored = files.store(io.BytesIO(photo(size=(2000, 1000))))
    for pixels in photos.SIDES:
        path = files.thumbnail(stored.sha256, pixels)
        with Image.open(path) as image:
            assert (image.format, image.size) == ("WEBP", (pixels, pixels // 2))
        made = path.stat().st_ino
        assert files.thumbnail(stored.sha256, pixels).stat().st_ino == made


def test_blurring_destroys_the_region_and_nothing_else() -> None:
    image = Image.effect_noise((200, 100), 120).convert("RGB")
    out = io.BytesIO()
    image.save(out, "PNG")
    stored = files.store(io.BytesIO(out.getvalue()))
    blurred = files.blur(stored.sha256, [Region(0.5, 0.0, 0.5, 1.0)])
    with Image.open(files.path_of(blurred.sha256)) as result:
        assert result.crop((0, 0, 100, 100)).tobytes() == image.crop((0, 0, 100, 100)).tobytes()
        extrema: Any = result.crop((100, 0, 200, 100)).convert("L").getextrema()
    assert isinstance(extrema[0], int)
    assert isinstance(extrema[1], int)
    assert extrema[1] - extrema[0] < 40
    assert files.intact(stored.sha256)


@pytest.mark.parametrize("region", [Region(0.9, 0, 0.2, 1), Region(0, 0, 0, 1), Region(-0.1, 0, 0.5, 0.5)])
def test_a_region_outside_the_photo_is_refused(region: Region) -> None:
    stored = files.store(io.BytesIO(photo()))
    with pytest.raises(InvalidInput) as refused:
        files.blur(stored.sha256, [region])
    assert refused.value.code == "file.region"


def test_only_photos_are_blurred() -> None:
    stored = files.store(io.BytesIO(b"%PDF-1.7"))
    with pytest.raises(InvalidInput) as refused:
        files.blur(stored.sha256, [Region(0, 0, 1, 1)])
    assert refused.value.code == "file.type"


@pytest.mark.parametrize("sha256", ["0" * 64, "../" * 21 + "x", "", "A" * 64])
def test_a_missing_or_forged_hash_is_not_found(sha256: str) -> None:
    with pytest.raises(NotFound) as refused:
        files.path_of(sha256)
    assert refused.value.code == "file.missing"


def test_the_sweep_takes_old_orphans_only(data: Path) -> None:
    known, orphan, young = (files.store(io.BytesIO(b"%PDF-" + name)) for name in (b"known", b"orphan", b"young"))
    lost = files.store(io.BytesIO(photo()))
    small = files.thumbnail(lost.sha256, 320)
    (data / "files" / "drafts" / "left").write_bytes(b"x")
    now = time.time()
    for path in (data / "files").rglob("*"):
        os.utime(path, (now - 2 * DAY, now - 2 * DAY))
    files.store(io.BytesIO(b"%PDF-young"))
    assert set(files.sweep([known.sha256], now)) == {orphan.sha256, lost.sha256}
    assert files.intact(known.sha256)
    assert files.intact(young.sha256)
    assert not files.intact(orphan.sha256)
    assert not small.exists()
    assert not list((data / "files" / "drafts").iterdir())


def test_a_changed_content_is_noticed() -> None:
    stored = files.store(io.BytesIO(b"%PDF-1.7"))
    files.path_of(stored.sha256).write_bytes(b"%PDF-1.8")
    assert not files.intact(stored.sha256)
