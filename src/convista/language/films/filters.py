"""What the films of classical and of learned filters say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Filtros clásicos sobre una misma imagen", en="Classical filters on one image"),
    "begin": Text(
        es="Una banda de la imagen y {count} {count:filtro conocido. ¿A qué responde?|filtros conocidos. ¿A qué responde cada uno?}",
        en="One band of the image and {count} well-known {count:filter. What does it answer to?|filters. What does each answer to?}",
    ),
    "end": Text(
        es="La misma imagen vista por todos los filtros; en {positive_colour} lo positivo, en {negative_colour} lo negativo y en {zero_colour} el cero.",
        en="The same image seen by all the filters; {positive_colour} is positive, {negative_colour} negative and {zero_colour} zero.",
    ),
    "image_name": Text(es="imagen, {rows}×{columns}", en="image, {rows}×{columns}"),
    "image_short": Text(es="imagen", en="image"),
    "output_name": Text(es="respuesta de {name}", en="answer of {name}"),
    "sobel_x": Text(es="Sobel X", en="Sobel X"),
    "sobel_y": Text(es="Sobel Y", en="Sobel Y"),
    "prewitt_x": Text(es="Prewitt X", en="Prewitt X"),
    "prewitt_y": Text(es="Prewitt Y", en="Prewitt Y"),
    "laplacian": Text(es="Laplaciano", en="Laplacian"),
    "gaussian": Text(es="Gaussiano", en="Gaussian"),
    "gabor": Text(es="Gabor", en="Gabor"),
    "sobel_x_does": Text(
        es="Sobel X: positivo donde la imagen se oscurece hacia la derecha; marca los bordes verticales.",
        en="Sobel X: positive where the image gets darker to the right; it marks vertical edges.",
    ),
    "sobel_y_does": Text(
        es="Sobel Y: positivo donde la imagen se oscurece hacia abajo; marca los bordes horizontales.",
        en="Sobel Y: positive where the image gets darker downwards; it marks horizontal edges.",
    ),
    "prewitt_x_does": Text(
        es="Prewitt X: como Sobel X, pero las tres filas pesan lo mismo.",
        en="Prewitt X: like Sobel X, but its three rows weigh the same.",
    ),
    "prewitt_y_does": Text(
        es="Prewitt Y: como Sobel Y, pero las tres columnas pesan lo mismo.",
        en="Prewitt Y: like Sobel Y, but its three columns weigh the same.",
    ),
    "laplacian_does": Text(
        es="Laplaciano: lo que los vecinos tienen de más que el centro; responde a puntos y bordes en cualquier dirección.",
        en="Laplacian: what the neighbours have more than the middle; it answers to spots and edges in any direction.",
    ),
    "gaussian_does": Text(
        es="Gaussiano: una media que pesa más lo cercano; suaviza la imagen y quita ruido.",
        en="Gaussian: a mean that weighs what is near more; it smooths the image and removes noise.",
    ),
    "gabor_does": Text(
        es="Gabor: una onda dentro de una campana; responde a franjas de su ancho y su dirección.",
        en="Gabor: a wave inside a bell; it answers to stripes of its width and direction.",
    ),
    "other_does": Text(
        es="{name}: su respuesta en cada lugar de la imagen.", en="{name}: its answer at each place of the image."
    ),
    "image": Text(
        es="La imagen tiene tamaño {shape}; hace falta una banda (filas, columnas) de {smallest}×{smallest} o más.",
        en="The image has shape {shape}; one band is needed, (rows, columns), of {smallest}×{smallest} or more.",
    ),
    "kernel": Text(
        es="El kernel «{name}» tiene tamaño {shape} y la imagen {image}. Dé una matriz que quepa en la imagen.",
        en="The kernel “{name}” has shape {shape} and the image {image}. Give a matrix that fits in the image.",
    ),
}
