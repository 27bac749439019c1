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
