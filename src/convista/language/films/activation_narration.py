"""What a narrator says over the films of activations."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "question": Text(
        es="Una convolución multiplica y suma, y nada más: dos seguidas no serían más que otra convolución. Lo que permite ir más lejos es una función sencilla entre una y otra, que se aplica a cada valor por separado. Esta es {name}; a la derecha están su fórmula y su curva, y a la izquierda el mapa que va a recibir.",
        en="A convolution multiplies and adds, and no more: two of them in a row would be but another convolution. What lets a network go further is a simple function between them, applied to each value by itself. This one is {name}; at the right are its formula and its curve, at the left the map that it is given.",
    ),
    "first": Text(
        es="{begin} Siga el primer valor. Sale de su celda y va a su lugar en el eje horizontal, {x}. De ahí va hasta la curva, y la altura a la que la encuentra, {y}, es lo que se escribe en el mapa de abajo.",
        en="{begin} Follow the first value. It leaves its cell and goes to its place on the horizontal axis, {x}. From there it goes to the curve, and the height at which it meets it, {y}, is what is written in the map below.",
    ),
    "onwards": Text(
        es="A los demás les pasa lo mismo, uno por uno; ninguno mira a sus vecinos. La línea de trazos de abajo es la derivada: dice qué parte del gradiente podrá volver a través de ese valor cuando la red aprenda.",
        en="The same happens to the others, one by one; none of them looks at its neighbours. The dashed line below is the derivative: it says which part of the gradient can come back through that value when the network learns.",
    ),
    "negatives": Text(
        es="Mire ahora solo los negativos: en ellos se distinguen las funciones de activación. {count:Era uno|Eran {count}}. Donde la curva es plana, lo que los distinguía se pierde; donde todavía tiene pendiente, algo de ello queda. {told}",
        en="Now look only at the negatives: they are where activation functions differ. There {count:was one|were {count}}. Where the curve is flat, what told them apart is lost; where it still has a slope, some of it is kept. {told}",
    ),
}
