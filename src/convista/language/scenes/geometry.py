"""What `scenes.geometry` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "grids_apart": Text(
        es="{file} no puede llevarse a la malla de las demás bandas: {reason}. Compruebe que todos los archivos tienen un CRS válido.",
        en="{file} cannot be brought onto the grid of the other bands: {reason}. Check that every file has a valid CRS.",
    ),
    "no_crs": Text(
        es="La imagen no está georreferenciada, así que un punto en {crs} no tiene lugar en ella. Dé la columna y la fila como x e y, sin CRS.",
        en="The image has no georeference, so a point in {crs} has no place in it. Give column and row as x and y, without a CRS.",
    ),
    "tied_by_points": Text(
        es="{file} no está en una malla, pero tiene {count} {count:punto|puntos} de control en el terreno ({crs}): sus píxeles aún no tienen lugar, así que con él solo se trabaja como imagen. Llévelo a una malla (gdalwarp -tps {file} nuevo.tif) y use ese archivo.",
        en="{file} is on no grid, but has {count} ground control {count:point|points} ({crs}): its pixels have no place yet, so that it can only be worked with as an image. Bring it onto a grid (gdalwarp -tps {file} new.tif) and use that file.",
    ),
    "tied_by_coefficients": Text(
        es="{file} no está en una malla, pero tiene coeficientes polinómicos (RPC) que dicen dónde está: sus píxeles aún no tienen lugar, así que con él solo se trabaja como imagen. Llévelo a una malla (gdalwarp -rpc {file} nuevo.tif, con -to RPC_DEM=alturas.tif si el terreno no es llano) y use ese archivo.",
        en="{file} is on no grid, but has rational polynomial coefficients (RPC) that say where it lies: its pixels have no place yet, so that it can only be worked with as an image. Bring it onto a grid (gdalwarp -rpc {file} new.tif, with -to RPC_DEM=heights.tif where the ground is not flat) and use that file.",
    ),
    "no_point": Text(
        es="({x}, {y}) no es un lugar. Dé dos números finitos, x e y.",
        en="({x}, {y}) is no place. Give two finite numbers, x and y.",
    ),
    "no_size_without_crs": Text(
        es="La imagen no está georreferenciada, así que no se sabe cuánto mide un píxel en el terreno.",
        en="The image has no georeference, so that nobody knows how large a pixel is on the ground.",
    ),
    "no_size_geocentric": Text(
        es="El CRS {crs} es geocéntrico: sus x e y no dicen un lugar de la superficie, así que nada tiene área. Lleve la escena a otro CRS (gdalwarp -t_srs EPSG:… escena.tif otra.tif), o no pida áreas (--polygons).",
        en="The CRS {crs} is geocentric: its x and y do not say a place on the surface, so that nothing has an area. Bring the scene into another CRS (gdalwarp -t_srs EPSG:… scene.tif other.tif), or ask for no areas (--polygons).",
    ),
    "no_size_beyond": Text(
        es="Hay partes de la escena que en su CRS, {crs}, no tienen lugar en el terreno, así que no se sabe su área. Llévela a otro CRS (gdalwarp -t_srs EPSG:6933 escena.tif otra.tif), o no pida áreas (--polygons).",
        en="Parts of the scene have no place on the ground in its CRS, {crs}, so that their area is not known. Bring it into another CRS (gdalwarp -t_srs EPSG:6933 scene.tif other.tif), or ask for no areas (--polygons).",
    ),
    "not_in_crs": Text(
        es="El punto ({x}, {y}) en {given} no puede llevarse a {crs}. Compruebe el orden (x es la longitud) y el CRS.",
        en="The point ({x}, {y}) in {given} cannot be brought into {crs}. Check the order (x is the longitude) and the CRS.",
    ),
    "resolution": Text(
        es="La resolución {resolution} no es posible. Dé un número mayor que 0, en las unidades del CRS.",
        en="Resolution {resolution} is not possible. Give a number above 0, in the units of the CRS.",
    ),
    "unknown_crs": Text(
        es="El CRS {crs} no se conoce. Dé un código como EPSG:4326.",
        en="The CRS {crs} is not known. Give a code such as EPSG:4326.",
    ),
}
