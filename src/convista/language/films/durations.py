"""What is said of the times of a film's steps that are given from outside."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "count": Text(
        es="Se {given:dio una duración|dieron {given} duraciones} y la película «{name}» tiene {steps} {steps:paso|pasos}. Dé una duración por paso.",
        en="{given:One duration was|{given} durations were} given, and the film “{name}” has {steps} {steps:step|steps}. Give one duration a step.",
    ),
    "no_number": Text(
        es="La duración del paso {step} es {value}. Dé un número de segundos.",
        en="The duration of step {step} is {value}. Give a number of seconds.",
    ),
    "short": Text(
        es="El paso {step} dura al menos {least} s, que es lo que tarda lo que se mueve en él, y se le dan {value} s. Dele más tiempo.",
        en="Step {step} lasts {least} s at least, which is what its motion takes, and is given {value} s. Give it more time.",
    ),
    "long": Text(
        es="Las duraciones suman {seconds} s, y una película dura {most} s como mucho. Dé duraciones más cortas.",
        en="The durations make {seconds} s, and a film lasts {most} s at most. Give shorter ones.",
    ),
    "unreadable": Text(
        es="No se puede leer {path}: {reason}. Compruebe la ruta y los permisos.",
        en="{path} cannot be read: {reason}. Check the path and its permissions.",
    ),
    "not_cues": Text(
        es="{path}, línea {line}: «{text}» no dice cuándo empieza un paso. Escriba líneas «paso,segundos», como 3,12.5; la última puede ser end,40.",
        en="{path}, line {line}: “{text}” does not say when a step begins. Write lines “step,seconds”, such as 3,12.5; the last may be end,40.",
    ),
    "cue_order": Text(
        es="{path}, línea {line}: «{text}» no puede ser. La primera línea es 1,0; pasos y segundos crecen de línea en línea, y la película tiene {steps} {steps:paso|pasos}.",
        en="{path}, line {line}: “{text}” cannot be. The first line is 1,0; steps and seconds grow from line to line, and the film has {steps} {steps:step|steps}.",
    ),
    "cue_short": Text(
        es="{path}: desde el paso {step} quedan {seconds} s hasta la línea siguiente, y lo que se mueve tarda {least} s. Deje más tiempo.",
        en="{path}: from step {step} there are {seconds} s until the next line, and what moves there takes {least} s. Leave more time.",
    ),
}
