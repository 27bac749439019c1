"""What the files of films say: why one cannot be made, and the words of the player."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "no_step_in": Text(
        es="{path}: «{suffix}» muestra la película entera. Para un solo paso, use: {media}.",
        en="{path}: “{suffix}” shows the whole film. For a single step, use: {media}.",
    ),
    "no_sheet_in": Text(
        es="{path}: una hoja de contactos no se escribe en «{suffix}». Use: {media}.",
        en="{path}: a contact sheet is not written as “{suffix}”. Use: {media}.",
    ),
    "no_mp4": Text(
        es='Para escribir MP4 hace falta PyAV, que no está instalado. Instálelo con: pip install "convista[mp4]".',
        en='Writing MP4 needs PyAV, which is not installed. Install it with: pip install "convista[mp4]".',
    ),
    "unreadable": Text(
        es="No se puede leer {path}: {reason}. Compruebe la ruta y los permisos.",
        en="{path} cannot be read: {reason}. Check the path and its permissions.",
    ),
    "not_a_film": Text(
        es='{path} no es una película guardada como JSON ({reason}). Guárdela con film.save("….json").',
        en='{path} is not a film saved as JSON ({reason}). Save one with film.save("….json").',
    ),
    "wrong_value": Text(es="{name}: {value}", en="{name}: {value}"),
    "no_formula": Text(
        es="No se puede componer la fórmula {tex}: {reason}. Escríbala como en TeX, sin signos de dólar.",
        en="The formula {tex} cannot be typeset: {reason}. Write it as in TeX, without dollar signs.",
    ),
    "script_about": Text(es="Guion de {name}; dura {seconds}.", en="Script of {name}; it lasts {seconds}."),
    "script_step": Text(es="Paso {first}", en="Step {first}"),
    "script_steps": Text(es="Pasos {first} a {last}", en="Steps {first} to {last}"),
    "script_times": Text(es="De {start} a {end}", en="{start} to {end}"),
    "poster": Text(
        es='Último paso de la película. Para reproducirla, marque el cuaderno como de confianza, o guárdela como página: film.save("{name}.html").',
        en='Last step of the film. To play it, trust this notebook, or save the film as a page: film.save("{name}.html").',
    ),
    "too_large_for_notebook": Text(
        es='Último paso de la película, que es demasiado grande para guardarla en un cuaderno. Para verla entera: film.save("{name}.html").',
        en='Last step of the film, which is too large to be kept in a notebook. To see all of it: film.save("{name}.html").',
    ),
    "play": Text(es="Reproducir (espacio)", en="Play (space)"),
    "pause": Text(es="Pausa (espacio)", en="Pause (space)"),
    "previous": Text(es="Paso anterior (←)", en="Previous step (←)"),
    "next": Text(es="Paso siguiente (→)", en="Next step (→)"),
    "position": Text(es="Posición en la película", en="Position in the film"),
    "speed": Text(es="Velocidad (+ y −)", en="Speed (+ and −)"),
    "language": Text(es="Español; pulse para inglés (L)", en="English; press for Spanish (L)"),
    "theme": Text(es="Tema oscuro o claro (T)", en="Dark or light theme (T)"),
    "keys": Text(
        es="Teclas: espacio, ← →, Inicio, Fin, + −, L, T",
        en="Keys: space, ← →, Home, End, + −, L, T",
    ),
}
