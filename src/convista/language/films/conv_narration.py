"""What a narrator says over the films of convolutions."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "open": Text(
        es="¿Qué le hace una convolución a una imagen? Pone encima una pequeña tabla de pesos, el kernel, y pregunta cuánto se parece a ella lo que hay debajo. Después la mueve un lugar y vuelve a preguntar, hasta recorrer la imagen entera.",
        en="What does a convolution do to an image? It lays a small table of weights on it, the kernel, and asks how well what lies below matches that table. Then it moves the table by one place and asks again, until it has been all over the image.",
    ),
    "begin": Text(
        es="{count:La ventana cubre un número, que se multiplica por el peso del kernel|La ventana cubre {count} números; cada uno se multiplica por el peso que está en su mismo lugar, y los productos se suman}.{bias} El resultado, aquí {value}, se escribe en la salida, en el lugar que le toca a esta ventana.",
        en="{count:The window covers one number, which is multiplied by the kernel's weight|The window covers {count} numbers; each is multiplied by the weight in the same place, and the products are added up}.{bias} The result, here {value}, is written into the output, at the place that belongs to this window.",
    ),
    "begin_channels": Text(
        es="Una entrada con varios canales se lee toda a la vez. El filtro tiene un kernel de {size} para cada uno de los {channels} canales: cada kernel se pone sobre su canal, multiplica y suma como si estuviera solo, y las {channels} sumas se suman entre sí.{bias} Queda un único valor, aquí {value}. Así un filtro puede preguntar por una combinación, por ejemplo mucho infrarrojo cercano y poco rojo en el mismo lugar.",
        en="An input of several channels is read all at once. The filter has a {size} kernel for each of the {channels} channels: every kernel is laid on its own channel, multiplies and adds up as if it were alone, and the {channels} sums are added up.{bias} A single value is left, here {value}. So a filter can ask for a combination, such as much near infrared and little red at the same place.",
    ),
    "bias": Text(es=" Al final se añade el sesgo del filtro.", en=" At the end the filter's bias is added."),
    "moved": Text(
        es="La ventana se ha movido, y nada más ha cambiado. Los pesos son los mismos; solo son otros los números que hay debajo, y por eso también el resultado, que ahora es {value}. {caption}",
        en="The window has moved, and nothing else has changed. The weights are the same; only the numbers below them are new, and so the result is new too: it is now {value}. {caption}",
    ),
    "onwards": Text(
        es="Desde aquí va más rápido, porque no ocurre nada nuevo: las mismas multiplicaciones y la misma suma en cada lugar. Y de eso se trata. Una capa densa necesitaría un peso para cada píxel y cada salida. Una convolución aprende unos pocos pesos y los usa en todas partes; así encuentra un patrón esté donde esté en la escena.",
        en="From here on it goes faster, since nothing new happens: the same multiplications and the same sum at every place. And that is the point. A dense layer would need a weight for every pixel and every output. A convolution learns a few weights and uses them everywhere; so it finds a pattern wherever in the scene it lies.",
    ),
    "end_right": Text(
        es="Mire ahora la salida entera. Ya no es una imagen de brillos: es un mapa de respuestas a una sola pregunta, cuánto cambia la imagen de izquierda a derecha, y en qué sentido. Cerca de cero, los dos lados se compensan; los valores grandes, positivos o negativos, señalan bordes. {caption}",
        en="Now look at the whole output. It is no longer an image of brightness: it is a map of answers to one question, how much the image changes from left to right, and which way. Near zero, the two sides balance; large values, positive or negative, point to edges. {caption}",
    ),
    "end_down": Text(
        es="Mire ahora la salida entera. Ya no es una imagen de brillos: es un mapa de respuestas a una sola pregunta, cuánto cambia la imagen de arriba abajo, y en qué sentido. Cerca de cero, las dos partes se compensan; los valores grandes, positivos o negativos, señalan bordes. {caption}",
        en="Now look at the whole output. It is no longer an image of brightness: it is a map of answers to one question, how much the image changes from top to bottom, and which way. Near zero, the two parts balance; large values, positive or negative, point to edges. {caption}",
    ),
    "end": Text(
        es="Mire ahora la salida entera. Ya no es una imagen de brillos: es un mapa de respuestas, una por cada lugar de la ventana, a la pregunta que hacen los pesos del kernel. {caption}",
        en="Now look at the whole output. It is no longer an image of brightness: it is a map of answers, one for each place of the window, to the question that the kernel's weights ask. {caption}",
    ),
}
