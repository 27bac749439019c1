"""What the colours of films are called, by theme: in Spanish in the masculine, as after «en» and «de color»."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "dark_window": Text(es="amarillo", en="yellow"),
    "light_window": Text(es="ocre", en="ochre"),
    "dark_curve": Text(es="fucsia", en="fuchsia"),
    "light_curve": Text(es="fucsia", en="fuchsia"),
    "dark_backward": Text(es="rojo", en="red"),
    "light_backward": Text(es="rojo", en="red"),
    "dark_text": Text(es="blanco", en="white"),
    "light_text": Text(es="negro", en="black"),
    "dark_muted": Text(es="gris", en="grey"),
    "light_muted": Text(es="gris", en="grey"),
    "dark_positive": Text(es="naranja", en="orange"),
    "light_positive": Text(es="naranja", en="orange"),
    "dark_negative": Text(es="azul", en="blue"),
    "light_negative": Text(es="azul", en="blue"),
    "dark_zero": Text(es="negro", en="black"),
    "light_zero": Text(es="blanco", en="white"),
    "dark_high": Text(es="amarillo", en="yellow"),
    "light_high": Text(es="amarillo", en="yellow"),
}
