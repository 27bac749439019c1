"""What `scenes.files` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "no_room": Text(
        es="Leer de una vez {bands}×{rows}×{columns} números de {file} pide {needed} GiB de memoria, y esta máquina tiene {memory}. Recorte la escena (gdal_translate -srcwin), lea menos bandas, o llévela a píxeles mayores (gdalwarp -tr).",
        en="Reading {bands}×{rows}×{columns} numbers of {file} at once takes {needed} GiB of memory, and this machine has {memory}. Cut the scene (gdal_translate -srcwin), read fewer bands, or bring it onto larger pixels (gdalwarp -tr).",
    ),
    "no_driver": Text(
        es="{file} no se puede leer: el GDAL instalado no incluye el controlador {driver}. Conviértalo a GeoTIFF donde lo haya (gdal_translate), o instale un rasterio que lo incluya, por ejemplo el de conda-forge.",
        en="{file} cannot be read: the GDAL that is installed lacks the driver {driver}. Convert it to GeoTIFF where there is one (gdal_translate), or install a rasterio that has it, such as conda-forge's.",
    ),
    "archive": Text(
        es="{file} es un archivo comprimido. Extráigalo y abra la carpeta o los archivos que salgan de él.",
        en="{file} is an archive. Unpack it, and open the folder or the files that come out of it.",
    ),
    "no_raster_in_it": Text(
        es="GDAL abre {file}, pero no encuentra en él ninguna banda. Indique un archivo con imágenes.",
        en="GDAL opens {file}, but finds no band in it. Give a file with imagery.",
    ),
    "several_grids": Text(
        es="Las variables de {file} están en mallas distintas: {variables}. Abra por su nombre las que quiera, una o varias con comas, sin el tamaño entre paréntesis.",
        en="The variables of {file} lie on different grids: {variables}. Open those that you want by name, one or several with commas, without the size in parentheses.",
    ),
    "too_many_variables": Text(
        es="{file} contiene demasiadas variables para leerlas todas. Abra por su nombre las que quiera, una o varias con comas: {variables}.",
        en="{file} holds too many variables to read all of them. Open those that you want by name, one or several with commas: {variables}.",
    ),
    "points_elsewhere": Text(
        es="{file} no se abre: contiene un documento {root}, que nombra otros archivos o direcciones de donde leer, y su nombre no lo dice. Si sabe qué nombra, dele un nombre que termine en {ending}.",
        en="{file} is not opened: it holds a {root} document, which names other files or addresses to read from, and its name does not say so. If you know what it names, give it a name that ends in {ending}.",
    ),
    "points_elsewhere_beside": Text(
        es="{file} no se abre: a su lado, como máscara o vista reducida, está {beside}, que no es un ráster con píxeles propios y podría leer de otro lugar. Quítelo de ahí si no sabe de dónde viene.",
        en="{file} is not opened: beside it, as its mask or its overviews, lies {beside}, which is no raster with pixels of its own and could read from elsewhere. Take it away if you do not know where it comes from.",
    ),
    "not_trusted": Text(
        es="{file} no se abre aquí: por su nombre es un ráster virtual, una dirección o un contenedor que lee de otro lugar, y solo se abren archivos de esta máquina con píxeles propios. Ábralo usted mismo por su ruta, o conviértalo antes: gdal_translate {file} copia.tif.",
        en="{file} is not opened here: by its name it is a virtual raster, an address or a container that reads from elsewhere, and only files of this machine with pixels of their own are. Open it yourself by its path, or convert it first: gdal_translate {file} copy.tif.",
    ),
    "block_too_large": Text(
        es="{file} guarda sus píxeles en bloques de {rows}×{columns}, {size} GiB cada uno, y un bloque se lee entero aunque se pida un solo píxel; se leen hasta {most} GiB. Guárdelo en teselas: gdal_translate -co TILED=YES {file} teselas.tif.",
        en="{file} keeps its pixels in blocks of {rows}×{columns}, {size} GiB each, and a block is read whole even for a single pixel; up to {most} GiB are read. Store it in tiles: gdal_translate -co TILED=YES {file} tiles.tif.",
    ),
    "unreadable": Text(
        es="No se puede leer {file}: {reason}. El archivo falta, está dañado o incompleto, o no es un ráster.",
        en="{file} cannot be read: {reason}. The file is missing, damaged or incomplete, or is no raster.",
    ),
}
