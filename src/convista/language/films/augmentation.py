"""What the film of augmentation says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Aumento de datos: un parche, ocho maneras de verlo", en="Augmentation: one patch, eight ways to see it"
    ),
    "pixel": Text(es="píxel [{row},{column}]", en="pixel [{row},{column}]"),
    "class": Text(es="clase", en="class"),
    "turn_0": Text(
        es="¿Qué cambia si un parche se gira? El punto {window_colour} sigue a un píxel; a la derecha, sus valores en cada banda.",
        en="What changes when a patch is turned? The {window_colour} dot follows a pixel; at the right, its values in every band.",
    ),
    "turn_90": Text(
        es="Girado 90°: visto desde arriba, el suelo no tiene arriba ni abajo, y su clase no cambia.",
        en="Turned by 90°: seen from above, the ground has no up and down, and its class stays the same.",
    ),
    "turn_180": Text(
        es="Girado 180°: el píxel está en otro lugar, con los mismos valores.",
        en="Turned by 180°: the pixel lies elsewhere, with the same values.",
    ),
    "turn_270": Text(
        es="Girado 270°: con otro cuarto de giro volvería al principio.",
        en="Turned by 270°: one more quarter turn would bring it back.",
    ),
    "mirror_0": Text(
        es="Otro cuarto de giro lo deja como al principio; reflejado, izquierda y derecha se cambian: ningún giro da esto.",
        en="Another quarter turn, and it is as at first; mirrored, left and right change places: no turn does that.",
    ),
    "mirror_90": Text(
        es="El reflejo, girado; es lo mismo que girar 90° y reflejar.",
        en="The mirror image, turned; the same as turning by 90° and mirroring.",
    ),
    "mirror_180": Text(
        es="Girado 180° y reflejado: arriba y abajo se cambian.",
        en="Turned by 180° and mirrored: top and bottom change places.",
    ),
    "mirror_270": Text(
        es="Girado 270° y reflejado: la octava y última manera.",
        en="Turned by 270° and mirrored: the eighth and last way.",
    ),
    "turn_0_short": Text(es="original", en="as it is"),
    "turn_90_short": Text(es="90°", en="90°"),
    "turn_180_short": Text(es="180°", en="180°"),
    "turn_270_short": Text(es="270°", en="270°"),
    "mirror_0_short": Text(es="espejo", en="mirror"),
    "mirror_90_short": Text(es="90°, espejo", en="90°, mirror"),
    "mirror_180_short": Text(es="180°, espejo", en="180°, mirror"),
    "mirror_270_short": Text(es="270°, espejo", en="270°, mirror"),
    "end": Text(
        es="{count} {count:ejemplo|ejemplos} para aprender de un solo parche: los píxeles cambian de lugar, ninguno de valor en {bands:su banda|sus {bands} bandas}.",
        en="{count} {count:example|examples} to learn from, out of one patch: pixels change places, none its value in its {bands:band|{bands} bands}.",
    ),
    "variants": Text(
        es="Los parches tienen tamaños {shapes}; hacen falta cuadrados (bandas, lado, lado), todos del mismo tamaño.",
        en="The patches have shapes {shapes}; squares are needed, (bands, side, side), all of one size.",
    ),
    "bands": Text(
        es="Hay {names} {names:nombre|nombres} de banda y {bands} {bands:banda|bandas}. Dé un nombre por banda.",
        en="There {names:is|are} {names} band {names:name|names} and {bands} {bands:band|bands}. Give one name a band.",
    ),
}
