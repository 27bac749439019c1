"""What a narrator says over the films of poolings."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "ask_max": Text(
        es="Este mapa dice con cuánta fuerza respondió un filtro en cada lugar. ¿Cómo se achica sin perder lo que se encontró en él? El max-pooling guarda de cada vecindad solo la respuesta más fuerte.",
        en="This map says how strongly a filter answered at every place. How can it be made smaller without losing what was found in it? Max-pooling keeps only the strongest answer of each neighbourhood.",
    ),
    "begin_max": Text(
        es="La ventana cubre {count} valores. El mayor es {value}, y solo él pasa a la salida. En qué punto de la ventana estaba se olvida; se guarda que estaba.",
        en="The window covers {count} values. The largest is {value}, and it alone goes on to the output. Where in the window it lay is forgotten; what is kept is that it was there.",
    ),
    "onwards_max": Text(
        es="La ventana sigue su camino, y en cada lugar hace la misma pregunta: ¿cuál de estos valores es el mayor? Aquí no hay nada que aprender, ni pesos ni sesgo. Los anillos muestran qué valores han ganado hasta ahora.",
        en="The window goes on its way, and at every place it asks the same question: which of these values is the largest? There is nothing to learn here, neither weights nor a bias. The rings show which values have won so far.",
    ),
    "end_max": Text(
        es="Mire ahora los dos mapas, la entrada y la salida. La entrada tenía {size} {size:valor|valores}; la salida tiene {out}. Si el mayor valor se mueve un píxel sin salir de sus ventanas, la salida no cambia: de ahí viene la pequeña tolerancia a los desplazamientos que el pooling le da a una red. El precio se paga a la vuelta: el gradiente llega solo a los valores con anillo, y los demás no se enteran de nada.",
        en="Now look at both maps. The input had {size} {size:value|values}; the output has {out}. If the largest value moves by a pixel without leaving its windows, the output does not change: hence the small tolerance to shifts that pooling gives a network. The price is paid on the way back: the gradient reaches only the values with a ring, and the others learn nothing of it.",
    ),
    "ask_min": Text(
        es="El max-pooling guarda lo más fuerte de cada zona. Su contrario guarda lo más débil. En un mapa con signo, lo más débil es lo más negativo: los lugares en que el filtro respondió con más fuerza al revés.",
        en="Max-pooling keeps the strongest value of each place. Its opposite keeps the weakest. In a map with signs the weakest is the most negative: where the filter answered most strongly the other way round.",
    ),
    "ask_sum": Text(
        es="A veces no interesa un resumen de la zona, sino un total: cuánto hay en ella de lo que busca el filtro. Entonces los valores de cada ventana se suman y nada más.",
        en="Sometimes it is not a summary of a place that is wanted but a total: how much of what the filter seeks is in it. Then the values of each window are simply added up.",
    ),
    "ask_l2_mean": Text(
        es="La media trata igual a todos los valores, y el máximo oye a uno solo. Entre los dos hay un camino: elevar al cuadrado, promediar y sacar la raíz. El cuadrado hace que los valores grandes pesen más, y el signo deja de importar.",
        en="An average treats all values alike, and a maximum hears only one. There is a way between the two: square, average, and take the root. Squaring lets large values weigh more, and the sign no longer matters.",
    ),
    "ask_stochastic": Text(
        es="En el max-pooling gana siempre el mismo, y la red puede acostumbrarse a él. Aquí el ganador se sortea: cada valor tiene tantas más opciones cuanto mayor es. Así, al entrenar, la red ve cada vez una versión un poco distinta del mapa.",
        en="In max-pooling the same value wins every time, and a network may come to rely on it. Here the winner is drawn by lot: the larger a value, the better its chances. So in training the network sees a slightly different version of the map each time.",
    ),
    "ask_mixed": Text(
        es="El máximo guarda los picos; la media, el nivel de la zona. El pooling mixto no elige: toma una parte de cada uno. Cuánto de cada uno lo dice un peso, lambda, que la red puede aprender.",
        en="A maximum keeps the peaks, an average the level of a place. Mixed pooling does not choose: it takes a part of each. How much of each is said by a weight, lambda, which a network can learn.",
    ),
    "ask_fractional": Text(
        es="Con ventanas de dos por dos, lado a lado, el mapa se reduce a la mitad en cada dirección. A veces eso es demasiado rápido. Si las ventanas avanzan unas veces un paso y otras dos, el mapa encoge menos.",
        en="With windows of two by two, side by side, a map is halved in each direction. Sometimes that is too fast. If windows move by one step here and by two there, the map shrinks by less.",
    ),
    "ask_adaptive_max": Text(
        es="Las imágenes vienen en muchos tamaños, pero una capa densa espera siempre la misma cantidad de números. El pooling adaptativo empieza por el final: se fija cuántos valores deben salir, y el mapa se reparte en otras tantas celdas.",
        en="Images come in many sizes, but a dense layer always expects the same count of numbers. Adaptive pooling begins at the end: it is fixed how many values are to come out, and the map is divided into as many cells.",
    ),
    "ask_adaptive_average": Text(
        es="Las imágenes vienen en muchos tamaños, pero una capa densa espera siempre la misma cantidad de números. Se fija entonces cuántos valores deben salir, el mapa se reparte en otras tantas celdas, y de cada una se toma la media.",
        en="Images come in many sizes, but a dense layer always expects the same count of numbers. So it is fixed how many values are to come out, the map is divided into as many cells, and the average of each is taken.",
    ),
    "ask_global_max": Text(
        es="Cada mapa es la respuesta de un filtro en toda la imagen. Si la pregunta es solo si aquello está, en algún lugar, basta con un número por mapa: su respuesta más fuerte.",
        en="Each map is the answer of one filter all over the image. If the question is only whether a thing is there, anywhere, one number a map is enough: its strongest answer.",
    ),
    "ask_global_average": Text(
        es="Cada mapa es la respuesta de un filtro en toda la imagen. Si la pregunta es cuánto hay de aquello, en total, basta con un número por mapa: su media.",
        en="Each map is the answer of one filter all over the image. If the question is how much of a thing there is altogether, one number a map is enough: its average.",
    ),
    "ask_pyramid": Text(
        es="Un solo número por mapa dice qué hay, pero olvida dónde. La pirámide espacial pregunta varias veces: a toda la imagen, después a sus partes, después a partes más finas. Las respuestas se ponen en una fila que mide siempre lo mismo.",
        en="A single number of a map says what there is but forgets where. A spatial pyramid asks several times: the whole image, then its parts, then finer ones. The answers go into one row that always has the same length.",
    ),
    "ask_average": Text(
        es="El max-pooling escucha solo al valor más fuerte de cada zona. ¿Y si lo que importa es cómo responde la zona en conjunto? El pooling por media deja hablar a todos los valores por igual.",
        en="Max-pooling listens only to the strongest value of each place. And if what matters is how the place responds as a whole? Average-pooling lets all values speak alike.",
    ),
    "begin_average": Text(
        es="La ventana cubre {count} valores, se suman, y la suma se divide entre {count}. Aquí da {value}. Puede que ese número no estuviera en ninguna celda: es el nivel de toda la ventana.",
        en="The window covers {count} values, they are added up, and the sum is divided by {count}. Here that makes {value}. Perhaps no cell held this number: it is the level of the whole window.",
    ),
    "compared": Text(
        es="Compare las dos maneras de resumir la misma ventana. La media da {value}; el máximo, {rival}. Un solo valor muy alto decide el máximo entero, pero en la media pesa 1/{count}, como cualquier otro.",
        en="Compare the two ways of summing up the same window. The average is {value}, the maximum {rival}. A single very high value decides the whole maximum, but in the average it weighs 1/{count}, like any other.",
    ),
    "onwards_average": Text(
        es="Y así en cada lugar: sumar y dividir. Un valor que sobresale en la entrada se reparte entre todos los de su ventana, y por eso el mapa de medias que aparece a la derecha es más suave que el original.",
        en="And so at every place: add and divide. A value that stands out in the input is shared among all those of its window, and that is why the map of averages that grows on the right is smoother than the original.",
    ),
    "end_average": Text(
        es="De {size} {size:valor|valores} quedan {out}. Lo que sobresalía se ha aplanado; lo parejo sigue igual. Por eso la media sirve para preguntar por el nivel de un lugar, por ejemplo qué tan verde es un campo en conjunto, y el máximo para preguntar por una presencia, por ejemplo si hay en él algún techo brillante. A la vuelta, la media reparte el gradiente por igual entre todos los valores de la ventana.",
        en="Of {size} {size:value|values}, {out} {out:is|are} left. What stood out has been flattened; what was even is as it was. So the average suits a question about the level of a place, such as how green a field is on the whole, and the maximum a question about a presence, such as whether there is a bright roof anywhere in it. On the way back, the average shares the gradient equally among all values of the window.",
    ),
}
