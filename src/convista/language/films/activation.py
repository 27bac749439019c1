"""What the films of activations say: what each function is, and what it does to a value."""

from convista.language import Text


def _alike(line: str) -> Text:
    return Text(es=line, en=line)


TABLE: dict[str, Text] = {
    "title": Text(es="Activación {name}, valor a valor", en="{name} activation, value by value"),
    "traced_title": Text(es="{layer}, mapa {channel}: {name}", en="{layer}, map {channel}: {name}"),
    "name_relu": _alike("ReLU"),
    "name_leaky_relu": _alike("Leaky ReLU (α = {alpha})"),
    "name_relu6": _alike("ReLU6"),
    "name_sigmoid": Text(es="sigmoide", en="Sigmoid"),
    "name_tanh": Text(es="tangente hiperbólica", en="Hyperbolic tangent"),
    "name_elu": _alike("ELU (α = {alpha})"),
    "name_softplus": _alike("Softplus (β = {beta})"),
    "name_silu": Text(es="Swish (SiLU)", en="Swish (SiLU)"),
    "name_hardswish": _alike("Hard-swish"),
    "name_mish": _alike("Mish"),
    "name_gelu": Text(es="GELU exacta", en="Exact GELU"),
    "name_gelu_tanh": Text(es="GELU por tanh", en="GELU by tanh"),
    "name_prelu": Text(es="PReLU (α = {alpha}, aprendido)", en="PReLU (α = {alpha}, learned)"),
    "tex_relu": Text(es=r"f(x) = \mathrm{{máx}}(0;\, x)", en=r"f(x) = \max(0,\, x)"),
    "tex_leaky_relu": Text(
        es=r"f(x) = x \ \mathrm{{si}}\ x > 0,\ \ \alpha\, x \ \mathrm{{si\ no}}",
        en=r"f(x) = x \ \mathrm{{if}}\ x > 0,\ \ \alpha\, x \ \mathrm{{else}}",
    ),
    "tex_relu6": Text(
        es=r"f(x) = \mathrm{{mín}}(\mathrm{{máx}}(0;\, x);\, 6)", en=r"f(x) = \min(\max(0,\, x),\, 6)"
    ),
    "tex_sigmoid": _alike(r"f(x) = \sigma(x) = \dfrac{{1}}{{1 + e^{{-x}}}}"),
    "tex_tanh": _alike(r"f(x) = \tanh x = \dfrac{{e^x - e^{{-x}}}}{{e^x + e^{{-x}}}}"),
    "tex_elu": Text(
        es=r"f(x) = x \ \mathrm{{si}}\ x > 0,\ \ \alpha\,(e^x - 1) \ \mathrm{{si\ no}}",
        en=r"f(x) = x \ \mathrm{{if}}\ x > 0,\ \ \alpha\,(e^x - 1) \ \mathrm{{else}}",
    ),
    "tex_softplus": _alike(r"f(x) = \dfrac{{\log(1 + e^{{\beta\, x}})}}{{\beta}}"),
    "tex_silu": _alike(r"f(x) = x\,\sigma(x) = \dfrac{{x}}{{1 + e^{{-x}}}}"),
    "tex_hardswish": Text(
        es=r"f(x) = \frac{{x}}{{6}}\, \mathrm{{mín}}(\mathrm{{máx}}(x + 3;\, 0);\, 6)",
        en=r"f(x) = \frac{{x}}{{6}}\, \min(\max(x + 3,\, 0),\, 6)",
    ),
    "tex_mish": _alike(r"f(x) = x\, \tanh(\log(1 + e^x))"),
    "tex_gelu": _alike(
        r"f(x) = x\,\Phi(x) = \frac{{x}}{{2}}\left(1 + \mathrm{{erf}}\,\frac{{x}}{{\sqrt{{2}}}}\right)"
    ),
    "tex_gelu_tanh": Text(
        es=r"f(x) = \frac{{x}}{{2}}\left(1 + \tanh\left(\sqrt{{2/\pi}}\,(x + 0{{,}}044715\, x^3)\right)\right)",
        en=r"f(x) = \frac{{x}}{{2}}\left(1 + \tanh\left(\sqrt{{2/\pi}}\,(x + 0.044715\, x^3)\right)\right)",
    ),
    "tex_prelu": Text(
        es=r"f(x) = x \ \mathrm{{si}}\ x > 0,\ \ \alpha\, x \ \mathrm{{si\ no}}",
        en=r"f(x) = x \ \mathrm{{if}}\ x > 0,\ \ \alpha\, x \ \mathrm{{else}}",
    ),
    "of_relu": Text(es="máx(0; {x})", en="max(0, {x})"),
    "of_leaky_relu_above": _alike("{x}"),
    "of_leaky_relu_below": _alike("{alpha}·{b}"),
    "of_relu6": Text(es="mín(máx(0; {x}); 6)", en="min(max(0, {x}), 6)"),
    "of_sigmoid": _alike("1 / (1 + exp(−{b}))"),
    "of_tanh": _alike("tanh({x})"),
    "of_elu_above": _alike("{x}"),
    "of_elu_below": _alike("{alpha}·(exp({x}) − 1)"),
    "of_softplus": _alike("log(1 + exp({beta}·{b})) / {beta}"),
    "of_silu": _alike("{x}·σ({x})"),
    "of_hardswish": Text(es="{x}·mín(máx({x} + 3; 0); 6) / 6", en="{x}·min(max({x} + 3, 0), 6) / 6"),
    "of_mish": _alike("{x}·tanh(log(1 + exp({x})))"),
    "of_gelu": _alike("{x}·Φ({x})"),
    "of_gelu_tanh": _alike("{x}·Φ({x})"),
    "of_prelu_above": _alike("{x}"),
    "of_prelu_below": _alike("{alpha}·{b}"),
    "raw": Text(es="Mapa sin activar x ({rows}×{columns})", en="Raw map x ({rows}×{columns})"),
    "activated": Text(es="Mapa activado f(x)", en="Activated map f(x)"),
    "slope": Text(es="derivada f′(x)", en="derivative f′(x)"),
    "difference": Text(
        es="tanh − exacta: {difference} como mucho, en x = {x}",
        en="tanh − exact: {difference} at most, at x = {x}",
    ),
    "both": Text(es="valor", en="value"),
    "of_x": _alike("x"),
    "of_y": _alike("f(x)"),
    "rival_gelu": Text(es="exacta, por erf", en="exact, by erf"),
    "rival_gelu_tanh": Text(es="por tanh", en="by tanh"),
    "question": Text(
        es="Una convolución deja un mapa como este, con valores de ambos signos. ¿Qué hace con cada uno la función {name}?",
        en="A convolution leaves a map like this, with values of both signs. What does {name} do with each of them?",
    ),
    "negatives_zero": Text(
        es="¿Y los negativos, en {negative_colour}? {count:El único valor es|Los {count} valores son} 0 ahora: lo que {count:decía|decían} se ha borrado.",
        en="And the negatives, in {negative_colour}? {count:The only value is|All {count} values are} 0 now: what {count:it|they} said is gone.",
    ),
    "negatives": Text(
        es="¿Y los negativos, en {negative_colour}? Iban de {low} a {high}; ahora van de {lowest} a {highest}.",
        en="And the negatives, in {negative_colour}? They went from {low} to {high}; now they go from {lowest} to {highest}.",
    ),
    "begin_relu": Text(
        es="ReLU mira cada valor por separado: lo positivo pasa igual, lo negativo se vuelve 0.",
        en="ReLU looks at each value by itself: what is positive passes, what is negative becomes 0.",
    ),
    "begin_leaky_relu": Text(
        es="Leaky ReLU deja pasar lo positivo, y de lo negativo una pequeña parte: α.",
        en="Leaky ReLU lets the positive pass, and of the negative a small part: α.",
    ),
    "begin_relu6": Text(
        es="ReLU6 es una ReLU con techo: de 6 en adelante, todo es 6.",
        en="ReLU6 is a ReLU with a ceiling: from 6 on, everything is 6.",
    ),
    "begin_sigmoid": Text(
        es="La sigmoide lleva cualquier valor a un número entre 0 y 1, que puede leerse como probabilidad.",
        en="The sigmoid brings any value between 0 and 1, to be read as a probability.",
    ),
    "begin_tanh": Text(
        es="La tangente hiperbólica lleva cualquier valor a un número entre −1 y 1 y conserva su signo.",
        en="The hyperbolic tangent brings any value between −1 and 1 and keeps its sign.",
    ),
    "begin_elu": Text(
        es="ELU deja pasar lo positivo y curva lo negativo, que nunca baja de −α.",
        en="ELU lets the positive pass and bends the negative, which never falls below −α.",
    ),
    "begin_softplus": Text(
        es="Softplus redondea la esquina de la ReLU: nunca es 0 y su pendiente es una sigmoide.",
        en="Softplus rounds off ReLU's corner: it is never 0, and its slope is a sigmoid.",
    ),
    "begin_silu": Text(
        es="Swish multiplica cada valor por su propia sigmoide: se parece a la ReLU, sin esquina.",
        en="Swish multiplies each value by its own sigmoid: it is like ReLU, without the corner.",
    ),
    "begin_hardswish": Text(
        es="Hard-swish imita a swish con tramos sencillos: 0 por debajo de −3, x por encima de 3.",
        en="Hard-swish imitates swish by simple pieces: 0 below −3, x above 3.",
    ),
    "begin_mish": Text(
        es="Mish multiplica cada valor por la tanh de su softplus: como swish, suave y con un leve valle.",
        en="Mish multiplies each value by the tanh of its softplus: like swish, smooth, with a slight dip.",
    ),
    "begin_gelu": Text(
        es="GELU multiplica cada valor por Φ(x), la probabilidad de que una normal quede por debajo de él.",
        en="GELU multiplies each value by Φ(x), the probability that a normal variable lies below it.",
    ),
    "begin_gelu_tanh": Text(
        es="Esta GELU aproxima Φ(x) con una tangente hiperbólica, que es más rápida que la función de error.",
        en="This GELU approximates Φ(x) by a hyperbolic tangent, which is faster than the error function.",
    ),
    "begin_prelu": Text(
        es="PReLU deja pasar lo positivo; la parte de lo negativo que se filtra, α, la aprende la red.",
        en="PReLU lets the positive pass; how much of the negative leaks through, α, is learned.",
    ),
    "stops": Text(
        es="{begin} La película se detiene en {shown} de sus {count} valores.",
        en="{begin} The film stops at {shown} of its {count} values.",
    ),
    "passes": Text(
        es="{x} pasa sin cambios: la pendiente es 1 y el gradiente vuelve entero.",
        en="{x} passes unchanged: the slope is 1, and the whole gradient comes back.",
    ),
    "stopped": Text(
        es="{x} se vuelve 0, y con pendiente 0 no vuelve ningún gradiente.",
        en="{x} becomes 0, and with slope 0 no gradient comes back.",
    ),
    "flat": Text(
        es="{x} se vuelve {y}. Aquí la curva es casi plana: con pendiente {slope} apenas vuelve gradiente.",
        en="{x} becomes {y}. Here the curve is almost flat: with slope {slope} hardly any gradient comes back.",
    ),
    "bent": Text(
        es="{x} se vuelve {y}; la pendiente {slope} es la parte del gradiente que vuelve.",
        en="{x} becomes {y}; the slope {slope} is the part of the gradient that comes back.",
    ),
    "onwards": Text(
        es="Lo mismo con los demás: de x se sube a la curva, que da y; la pendiente dice cuánto gradiente vuelve.",
        en="The same with the others: from x up to the curve, which gives y; the slope says how much gradient comes back.",
    ),
    "missing": Text(
        es="Aquí falta el dato: lo que no es un número no se vuelve ninguno.",
        en="Here the value is missing: what is not a number becomes none.",
    ),
    "end": Text(
        es="{count} {count:valor entra|valores entran} y {count} {count:sale|salen}: la función cambia números, no el tamaño del mapa.",
        en="{count} {count:value|values} in, {count} out: the function changes numbers, not the size of the map.",
    ),
    "end_relu": Text(
        es="{zeros} de {count} {count:valor|valores} {zeros:es|son} ahora 0: {zeros:esa unidad calla, y por ella|esas unidades callan, y por ellas} no vuelve gradiente.",
        en="{zeros} of {count} {count:value|values} {zeros:is|are} 0 now: {zeros:that unit is silent, and no gradient comes back through it|those units are silent, and no gradient comes back through them}.",
    ),
    "end_all_pass": Text(
        es="{count:El único valor no es|Ninguno de los {count} valores es} 0 ahora: aquí la ReLU no cambia nada y el gradiente vuelve entero.",
        en="{count:The only value is not 0|None of the {count} values is 0} now: here the ReLU changes nothing, and the whole gradient comes back.",
    ),
    "end_leaky_relu": Text(
        es="Ningún valor negativo se pierde: conserva la parte α = {alpha}, y por él vuelve gradiente.",
        en="No negative value is lost: it keeps the part α = {alpha}, and gradient comes back through it.",
    ),
    "end_sigmoid": Text(
        es="La pendiente nunca pasa de {steepest}: tras muchas capas sigmoides el gradiente se desvanece.",
        en="The slope never exceeds {steepest}: after many sigmoid layers the gradient vanishes.",
    ),
    "end_tanh": Text(
        es="La pendiente llega a {steepest} en 0 y cae a ambos lados: lejos de 0, la unidad se satura.",
        en="The slope reaches {steepest} at 0 and falls on both sides: far from 0 the unit is saturated.",
    ),
    "end_elu": Text(
        es="Lo negativo no se pierde: se acerca a −α = −{alpha}, y su pendiente se apaga poco a poco, no de golpe.",
        en="The negative is not lost: it comes near −α = −{alpha}, and its slope fades little by little.",
    ),
    "end_silu": Text(
        es="Swish baja un poco de 0, hasta {lowest}, y vuelve a subir: no es monótona y no tiene esquinas.",
        en="Swish dips a little below 0, to {lowest}, and rises again: not monotone, and without corners.",
    ),
    "end_gelu": Text(
        es="La fórmula exacta y la de tanh difieren en {difference} como mucho, en x = {x}: a simple vista, la misma curva.",
        en="The exact formula and the one by tanh differ by {difference} at most, at x = {x}: to the eye, one curve.",
    ),
    "not_a_map": Text(
        es="x tiene tamaño {shape}; hace falta un mapa (filas, columnas) o un vector, no vacíos.",
        en="x has shape {shape}; a map (rows, columns) or a vector is needed, not empty.",
    ),
}
