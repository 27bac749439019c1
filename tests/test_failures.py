"""What is said of files that fail: the reason, and what can be done."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from rasterio._err import CPLE_AppDefinedError
from rasterio.errors import RasterioError, RasterioIOError

from convista import language
from convista.errors import ConvistaError
from convista.failures import Remedy, reason, told_as
from convista.scenes.files.failures import FAILURES


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EFBIG, "too_large"),
        (errno.EACCES, "denied"),
        (errno.EROFS, "read_only"),
        (errno.ENAMETOOLONG, "long_name"),
        (errno.ENOENT, "gone"),
        (errno.EIO, "other"),
    ],
)
def test_a_remedy_for_each_failure(number: int, kind: str) -> None:
    assert Remedy(OSError(number, os.strerror(number))).kind == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Cannot write: No space left on device", "full"),
        ("Free disk space available is 100 bytes, whereas 3000 are at least necessary", "full"),
        ("x.tif: Permission denied", "denied"),
        ("Attempt to create new tiff file 'x' failed: Read-only file system", "read_only"),
        ("File name too long", "long_name"),
        ("something else", "other"),
    ],
)
def test_what_gdal_says_has_the_same_remedies(
    said: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Remedy(RasterioIOError(said)).kind == kind
    full = said.startswith("something")
    usage = SimpleNamespace(free=4096 if full else 2**40)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert Remedy(RasterioIOError(said), tmp_path).kind == ("full" if full else kind)
    wrapped = RasterioIOError("Read or write failed")
    wrapped.__cause__ = CPLE_AppDefinedError(1, 1, said)
    assert Remedy(wrapped).kind == kind


def test_the_reason_is_that_of_whoever_noticed_first() -> None:
    wrapped = RasterioIOError("Read or write failed.")
    assert reason(wrapped) == "Read or write failed"
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space\nleft on device.", "x.tif")
    assert reason(wrapped) == "No space left on device"


def test_a_failure_is_told_in_the_language_in_use(tmp_path: Path) -> None:
    with pytest.raises(ConvistaError) as error, told_as("failures.not_written", path="x.csv"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert str(error.value) == (
        "x.csv cannot be written: No space left on device. Free some space on the disk and give the command again."
    )
    language.use("es")
    assert str(error.value).endswith("Libere espacio en el disco y repita la orden.")
    assert isinstance(error.value.__cause__, OSError)


def test_what_is_not_of_the_kinds_passes() -> None:
    with pytest.raises(ValueError, match="as it is"), told_as("failures.not_written", path="x"):
        raise ValueError("as it is")
    with pytest.raises(ConvistaError, match="of this kind"), told_as("failures.not_written", ValueError, path="x"):
        raise ValueError("of this kind")


def test_what_gdal_raises_itself_is_a_failure_and_no_error_of_rasterio() -> None:
    assert issubclass(CPLE_AppDefinedError, FAILURES)
    assert not issubclass(CPLE_AppDefinedError, RasterioError | OSError)
