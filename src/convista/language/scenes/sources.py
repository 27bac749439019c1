"""What `scenes.sources` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "no_file": Text(
        es="No existe {file}{hint}. Compruebe la ruta.",
        en="There is no {file}{hint}. Check the path.",
    ),
    "bands_empty": Text(
        es="No se pidió ninguna banda, o un nombre está vacío. Elija entre {bands}.",
        en="No band was asked for, or a name is empty. Choose among {bands}.",
    ),
    "band_twice": Text(
        es="La banda {band} se pidió dos veces. Nombre cada banda una sola vez.",
        en="Band {band} was asked for twice. Name each band once.",
    ),
    "alpha_unclear": Text(
        es="La banda {number} de {file} figura como alfa, y por sus valores tanto puede ser una máscara como una banda, por ejemplo el infrarrojo cercano. Si es una banda, nombre {count:la banda|las {count} bandas} (bands, --bands); si es una máscara, dígalo (mask, --mask {number}).",
        en="Band {number} of {file} is called alpha, and by its values it may as well be a mask as a band, such as near infrared. If it is a band, name {count:the band|all {count} bands} (bands, --bands); if it is a mask, say so (mask, --mask {number}).",
    ),
    "count_of_bands": Text(
        es="{source} tiene {count} {count:banda|bandas} sin nombre ({bands}) y se {names:dio|dieron} {names} {names:nombre|nombres}. Dé un nombre por banda, o una correspondencia nombre → número.",
        en="{source} has {count} {count:band without a name|bands without names} ({bands}) and {names} {names:name was|names were} given. Give one name a band, or a mapping name → number.",
    ),
    "no_such_number": Text(
        es="La banda {band} se pidió como número {number}, y {source} tiene {count}. {count:El único número es 1|Los números van de 1 a {count}}.",
        en="Band {band} was asked for as number {number}, and {source} has {count}. {count:The only number is 1|Numbers go from 1 to {count}}.",
    ),
    "not_one_band": Text(
        es="{file} tiene {count} bandas, y en una carpeta o una correspondencia cada archivo tiene una. Si otra es la máscara, dé su número (mask=2, --mask 2); si no, ábralo por su ruta, solo o en una lista, y pida sus bandas por nombre.",
        en="{file} has {count} bands, and in a folder or a mapping each file has one. If another is its mask, give its number (mask=2, --mask 2); if not, open it by its path, alone or in a list, and ask for its bands by name.",
    ),
    "sensor_needed": Text(
        es="{scene} no tiene la banda {band}: {count:su banda es|sus bandas son} {bands} y no dice de qué sensor. Diga el sensor (sensor, --sensor), por ejemplo landsat-8, o use {count:ese nombre|esos nombres}.",
        en="{scene} has no band {band}: its {count:band is|bands are} {bands} and it does not say of which sensor. State the sensor (sensor, --sensor), such as landsat-8, or use {count:that name|those names}.",
    ),
    "not_complex": Text(
        es="La banda {band} de {file} tiene números reales, de los que no se puede leer {part}. Pida {band}.",
        en="Band {band} of {file} holds real numbers, which have no {part} to read. Ask for {band}.",
    ),
    "no_files": Text(
        es="La lista de archivos está vacía, o lo está un nombre en ella. Indique los archivos.",
        en="The list of files is empty, or a name in it is. Name the files.",
    ),
    "no_such_mask": Text(
        es="No hay ninguna máscara {mask}{hint} en {source}, ni un archivo con ese nombre. Dé el nombre de una banda ({bands}), su número en cada archivo que tiene varias, o un ráster.",
        en="There is no mask {mask}{hint} in {source}, nor a file of that name. Give the name of a band ({bands}), its number in each file that has several, or a raster.",
    ),
    "empty_product": Text(
        es="El producto Sentinel-2 {folder} no contiene imágenes de bandas en GRANULE/*/IMG_DATA. Descárguelo de nuevo, completo.",
        en="The Sentinel-2 product {folder} holds no band images in GRANULE/*/IMG_DATA. Download it again, whole.",
    ),
    "more_inside": Text(
        es="{file} contiene más imágenes que la que se lee. Se abren por su nombre: {others}.",
        en="{file} holds more images than the one that is read. They are opened by name: {others}.",
    ),
    "left_out": Text(
        es="De {folder} no se lee: {files}. El nombre no dice ninguna banda. Para leerla, pídala por su nombre (bands, --bands …,{name}); si dice qué píxeles son válidos, dígalo (mask, --mask {name}).",
        en="Not read of {folder}: {files}. The name says no band. To read it, ask for it by name (bands, --bands …,{name}); if it says which pixels are valid, say so (mask, --mask {name}).",
    ),
    "alpha_is_band": Text(
        es="La banda {number} de {file} figura como alfa, pero sus valores no son los de una máscara: se lee como banda, con el nombre {band}. Si es una máscara, dígalo (mask, --mask {number}).",
        en="Band {number} of {file} is called alpha, but its values are not those of a mask: it is read as a band, {band}. If it is a mask, say so (mask, --mask {number}).",
    ),
    "mask_is_band": Text(
        es="La banda {band} de {file} se lee como una banda más. Si dice qué píxeles son válidos (0: no lo es), dígalo (mask, --mask {band}).",
        en="Band {band} of {file} is read as a band like others. If it says which pixels are valid (0: not), say so (mask, --mask {band}).",
    ),
    "second_is_mask": Text(
        es="Máscara: en {file} (archivos así: {count}) la segunda banda solo tiene 0 y otro valor, y oculta la primera donde es 0.",
        en="Mask: in {file} (files like it: {count}) the second band has only 0 and one other value, and hides the first where it is 0.",
    ),
    "several_files": Text(
        es="En la carpeta {folder} varios archivos son la banda {band}: {files}. Dé la lista de archivos de una sola escena.",
        en="In the folder {folder} several files are band {band}: {files}. Give the list of files of a single scene.",
    ),
}
