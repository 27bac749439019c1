"""What films of the way back say about the run that they are given."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "none": Text(
        es="La película necesita {operators}, y en la ejecución solo hay: {ran}. Trace una red que lo tenga.",
        en="The film needs {operators}, and the run has only: {ran}. Trace a network that has it.",
    ),
}
