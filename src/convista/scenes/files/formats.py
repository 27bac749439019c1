"""Formats: which of GDAL's drivers may open a file.

A format that holds its own pixels is opened whatever the file is called. One whose content names other files or
addresses is opened only where the name says so: by its ending, or because the name is one of GDAL's own, which
somebody had to write. So a file never reads another, or fetches an address, under a name that does not show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from rasterio.env import ensure_env_with_credentials
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from convista.errors import ConvistaError

SELF_CONTAINED = (
    "AAIGrid", "AIG", "AVIF", "BAG", "BIGGIF", "BMP", "BT", "BYN", "COG", "COSAR", "DDS", "DTED", "ECW", "EHdr",
    "EIR", "ELAS", "ENVI", "ESAT", "EXR", "FIT", "GFF", "GIF", "GRASSASCIIGrid", "GRIB", "GS7BG", "GSAG", "GSBG",
    "GTX", "GTiff", "GXF", "GenBin", "HDF4", "HDF4Image", "HDF5", "HDF5Image", "HEIF", "HF2", "HFA", "ISCE", "ISG",
    "JAXAPALSAR", "JP2ECW", "JP2KAK", "JP2MrSID", "JP2OpenJPEG", "JPEG", "JPEG2000", "JPEGXL", "KEA", "KRO", "LAN",
    "LCP", "Leveller", "MSGN", "MrSID", "NGSGEOID", "NITF", "NSIDCbin", "NTv2", "NWT_GRC", "NWT_GRD", "PCRaster",
    "PNG", "PNM", "R", "RIK", "RMF", "ROI_PAC", "RRASTER", "RST", "S102", "SAGA", "SAR_CEOS", "SGI", "SIGDEM",
    "SNAP_TIFF", "SRTMHGT", "Terragen", "USGSDEM", "WEBP", "XYZ", "ZMap", "Zarr", "netCDF",
)  # fmt: skip
"""Drivers of formats that hold their own pixels, in any build of GDAL; it does not mind those that it lacks."""

REFERENCING = {
    ".vrt": ("VRT",),
    ".wms": ("WMS",),
    ".wmts": ("WMTS",),
    ".wcs": ("WCS",),
    ".gti": ("GTI",),
    ".mrf": ("MRF",),
    ".ers": ("ERS",),
    ".lbl": ("ISIS2", "ISIS3", "PDS", "VICAR"),
    ".cub": ("ISIS2", "ISIS3"),
    ".xml": ("DIMAP", "PDS4", "RS2", "TSX"),
    ".dim": ("DIMAP",),
    ".safe": ("SAFE",),
    ".til": ("TIL",),
    ".pix": ("PCIDSK",),
    ".gpkg": ("GPKG",),
    ".mbtiles": ("MBTiles",),
}
"""Drivers of formats that may name other files or addresses, or hold a database, by the ending that says so."""

_ROOTS = {
    "VRTDataset": ".vrt",
    "OGRVRTDataSource": ".vrt",
    "GDAL_WMS": ".wms",
    "GDAL_WMTS": ".wmts",
    "WCS_GDAL": ".wcs",
    "GDALTileIndexDataset": ".gti",
    "MRF_META": ".mrf",
}
_ROOT = re.compile(rb"<(" + "|".join(_ROOTS).encode() + rb")\b")
_HEAD = 4096
"""Bytes in which GDAL itself looks for one of these elements, and more."""
_FETCHED = r"(https?|ftp|s3|gs|az|oss|zip|tar|gzip|file)(\+[a-z0-9+]+)?:"
"""Addresses and archives, as rasterio writes them: what lies there is a file like others."""

_UNDERSCORED = r"(?:GTIFF_(?:DIR|RAW)|HDF4_\w+|NITF_IM|SENTINEL2_\w+)"
"""Names of GDAL's own that have an underscore, as those of files of somebody's choice do."""

_by_name: ContextVar[bool] = ContextVar("by_name", default=True)


@contextmanager
def self_contained_only(enforced: bool) -> Iterator[None]:
    """Open inside, if enforced, only files that lie on this machine and hold their own pixels."""
    before = _by_name.set(not enforced)
    try:
        yield
    finally:
        _by_name.reset(before)


def is_remote(text: str) -> bool:
    """Whether a name is GDAL's or a URL rather than a path of this machine; one letter and a colon is a drive."""
    return re.match(rf"/vsi|[A-Za-z][A-Za-z0-9+.-]+:|{_UNDERSCORED}:", text) is not None


def drivers_for(name: str) -> list[str] | None:
    """Return the drivers that may open what lies under a name; None for all, where the name itself says which.

    Raises
    ------
    ConvistaError
        If only files that hold their own pixels may be opened here, and this is a name of another kind.
    """
    pointing = REFERENCING.get(_ending(name), ())
    own_name = is_remote(name)
    if not _by_name.get() and (pointing or own_name):
        raise ConvistaError("scenes.files.not_trusted", file=name)
    if own_name and not name.startswith("/vsi") and not re.match(_FETCHED, name):
        return None
    return [*SELF_CONTAINED, *pointing]


def open_dataset(name: str) -> DatasetReader:
    """Open a raster by the drivers that its name allows.

    Raises
    ------
    ConvistaError
        If the file, or its mask or overviews beside it, names other files or addresses under a name that does not
        say so.
    RasterioError, OSError
        If it cannot be opened.
    """
    drivers = drivers_for(name)
    try:
        dataset = _opened(name, drivers)
    except RasterioError:
        check_content(name)
        raise
    try:
        if dataset.driver in SELF_CONTAINED and not is_remote(name):
            _check_beside(name, dataset)
    except BaseException:
        dataset.close()
        raise
    return dataset


def check_content(name: str) -> None:
    """See that a file of this machine does not name other files or addresses under a name that does not say so.

    Raises
    ------
    ConvistaError
        If it does.
    """
    try:
        with Path(name).open("rb") as file:
            found = _ROOT.search(file.read(_HEAD))
    except OSError:
        return
    if found and _ROOTS[found[1].decode()] != _ending(name):
        root = found[1].decode()
        raise ConvistaError("scenes.files.points_elsewhere", file=name, root=root, ending=_ROOTS[root])


def _check_beside(name: str, dataset: DatasetReader) -> None:
    """See that what GDAL reads beside a file, its mask and its overviews, are plain files too."""
    beside = [Path(f"{name}{ending}") for ending in (".msk", ".MSK", ".ovr", ".OVR")]
    if named := dataset.tags(ns="OVERVIEWS").get("OVERVIEW_FILE"):
        named = named.removeprefix(":::BASE:::")
        if is_remote(named):
            raise ConvistaError("scenes.files.points_elsewhere_beside", file=name, beside=named)
        beside.append(Path(name).parent / named)
    for path in beside:
        if path.is_file():
            try:
                _opened(str(path), list(SELF_CONTAINED)).close()
            except RasterioError as error:
                raise ConvistaError("scenes.files.points_elsewhere_beside", file=name, beside=path) from error


def _opened(name: str, drivers: list[str] | None) -> DatasetReader:
    # rasterio.open takes one driver only; the class behind it takes a list, which GDAL keeps to.
    return ensure_env_with_credentials(DatasetReader)(name, driver=drivers)


def _ending(name: str) -> str:
    return Path(name.split("?", 1)[0]).suffix.lower()
