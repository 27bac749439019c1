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
    "by_hand_open": Text(
        es="Antes de que la ventana recorra toda la imagen, conviene hacer la cuenta una vez a mano. A la izquierda está la imagen I; en el centro, el kernel K, unos pocos pesos. La fórmula de arriba dice lo que vamos a hacer: cada píxel de la ventana por el peso que está en su mismo lugar, y todo se suma. Filas y columnas se cuentan desde uno, como en una matriz.",
        en="Before the window goes over the whole image, it pays to do the sum once by hand. On the left is the image I; in the middle the kernel K, a few weights. The formula above says what we are about to do: each pixel of the window times the weight in the same place, and all of it is added up. Rows and columns are counted from one, as in a matrix.",
    ),
    "flip_open": Text(
        es="Lo que en las redes se llama convolución no es, en rigor, la convolución de las matemáticas. Una red pone el kernel sobre la imagen tal como está: eso es una correlación cruzada. La convolución lo gira antes media vuelta. ¿Cambia algo? Veámoslo con un kernel que, girado, es otro.",
        en="What networks call a convolution is not, strictly, the convolution of mathematics. A network lays the kernel on the image as it is: that is a cross-correlation. A convolution gives it half a turn first. Does that change anything? Let us see, with a kernel that is another one once it is turned.",
    ),
    "flip_end": Text(
        es="Compare las dos fórmulas: solo cambia el orden en que se leen los pesos. {caption} Por eso se dice convolución sin más, y nadie se confunde mientras todos hagan lo mismo.",
        en="Compare the two formulas: only the order in which the weights are read is different. {caption} That is why people simply say convolution, and nobody is misled as long as all do the same.",
    ),
    "transpose_open": Text(
        es="Una convolución con paso hace los mapas más pequeños. Para dibujar un mapa de clases sobre una escena hay que volver a agrandarlos. Aquí un mapa de {before} crece hasta {after}: en lugar de reunir muchos valores en uno, cada valor se reparte sobre una ventana de la salida, con los pesos del kernel.",
        en="A convolution with a stride makes maps smaller. To draw a map of classes over a scene, they must grow again. Here a map of {before} grows to {after}: instead of gathering many values into one, each value is spread over a window of the output, by the weights of the kernel.",
    ),
    "ask_valid": Text(
        es="¿Qué tamaño tendrá la salida? Piense en los lugares donde la ventana de {kernel} cabe entera dentro de la imagen de {size}: cada lugar da un valor, así que la salida tiene tantos valores como lugares hay. La fórmula los cuenta en cada eje.",
        en="How large will the output be? Think of the places where the window of {kernel} fits wholly inside the image of {size}: each place gives one value, so the output has as many values as there are places. The formula counts them along each axis.",
    ),
    "ask_valid_stride": Text(
        es="La ventana no tiene por qué avanzar de una en una. Con paso {stride} salta: se calculan menos valores, y la salida se encoge más. El paso está en el denominador de la fórmula, y los corchetes redondean hacia abajo, porque un lugar a medias no es un lugar.",
        en="The window need not move by one cell at a time. With stride {stride} it jumps: fewer values are computed, and the output shrinks further. The stride is the denominator of the formula, and the brackets round down, since half a place is no place.",
    ),
    "ask_same": Text(
        es="Sin ayuda, la salida sería más pequeña que la imagen, y tras varias capas no quedaría nada. El remedio es un borde de ceros: con él, la ventana puede asomarse y hay un lugar por cada píxel. Los ceros no son de la imagen, y eso se notará en las orillas.",
        en="Without help the output would be smaller than the image, and after several layers nothing would be left. The cure is a border of zeros: with it the window may reach out, and there is one place for each pixel. The zeros are not the image's, and that will show along the edges.",
    ),
    "ask_same_stride": Text(
        es="Ahora se juntan las dos cosas: un borde de ceros alrededor de la imagen, y una ventana que salta. El borde conserva las orillas y el paso reduce el tamaño. La fórmula dice cuánto queda.",
        en="Now the two come together: a border of zeros around the image, and a window that jumps. The border keeps the edges, and the stride reduces the size. The formula says how much is left.",
    ),
    "ask_both": Text(
        es="Cuando los ceros no se pueden repartir por igual, hay que decidir dónde van, y no todos deciden lo mismo. Una convención pone tantos antes como después; la otra, uno más al final. El tamaño sale igual. Los valores no, y quien lleva una red de una biblioteca a otra lo descubre tarde.",
        en="Where the zeros cannot be shared out evenly, somebody must decide where they go, and not everybody decides alike. One convention puts as many before as after; the other one more at the end. The size comes out the same. The values do not, and whoever takes a network from one library to another finds out late.",
    ),
}
