"""The string table is complete, in both languages, and says nothing that nobody says."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from convista import language
from convista.errors import ConvistaError
from convista.language import LANGUAGES, Text, number, say

SOURCE = Path(__file__).parents[1] / "src" / "convista"
TABLES = sorted(path.relative_to(SOURCE / "language") for path in (SOURCE / "language").rglob("*.py"))
ROOMS = [
    ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    for path in TABLES
    if path.parts[0] != "__init__.py"
]
TABLE: dict[str, Text] = {
    f"{room}.{name}": text
    for room in ROOMS
    for name, text in import_module(f"convista.language.{room}").TABLE.items()
}
OF_A_FILE = {room: [key for key in TABLE if key.rpartition(".")[0] == room] for room in ROOMS}
every_file = pytest.mark.parametrize("room", [room for room, keys in OF_A_FILE.items() if keys])
KEY = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(ROOMS, key=len, reverse=True)))})\.[a-z0-9_]+")


PLURAL = re.compile(r"(?<![×·|:])\{(\w+)\} ([a-záéíóúñ]{3,}s)\b")
NO_NOUNS = {"apenas", "después", "mientras", "teselas", "varios"}
# What stands before a plural without forms of its own, by why it is never one thing.
NEVER_ONE = {
    "more than are shown": {
        "films.activation.stops",
        "films.architecture.called_convolutions",
        "films.architecture.of_classes",
        "films.conv.begin_fewer_channels",
        "films.conv.onwards_stops",
        "films.conv.stop",
        "films.conv_transpose.begin_fewer",
        "films.conv_transpose.stop",
        "films.dense.first_fewer",
        "films.dense.end_fewer",
        "films.flatten.begin_long_first",
        "films.flatten.begin_long_last",
        "films.pool.stops",
        "films.softmax.begin_fewer",
    },
    "one has a text of its own": {
        "films.conv.begin_channels",
        "films.conv_narration.begin_channels",
        "films.conv_blocks.jump",
        "films.conv_sizes.ask_same_stride",
        "films.conv_sizes.ask_valid_stride",
        "films.conv_sizes.end_stride",
        "films.conv_sizes.same_stride",
        "films.conv_sizes.skipped",
        "films.conv_sizes.valid_stride",
        "films.pool.tie",
        "films.pool_narration.begin_average",
        "films.pool_narration.begin_max",
        "films.pool.tie_all",
        "films.softmax.end_tie",
    },
    "one would be no mistake": {
        "films.architecture.layers",
        "films.architecture.residual_begin",
        "films.architecture.stages_ask",
        "films.conv_chain.channels",
        "films.conv_chain.layers",
        "films.descent.ways",
        "films.weight_sharing.large",
        "layers.alpha_for_one",
        "learning.data.too_many_folders",
        "learning.data.why_frames",
        "learning.fitting.batch_of_processes",
        "learning.runs.json_head",
        "learning.scores.images_learned_from",
        "models.units",
        "scenes.sources.not_one_band",
        "scenes.labels.labels_bands",
        "tracing.no_sample",
    },
    "a fixed number above one": {
        "films.pool.shift_size",
        "learning.runs.json_too_deep",
        "mapping.workers_die",
        "models.encoder_depth",
        "scenes.labels.too_many_classes",
        "scenes.labels.too_many_colours",
        "scenes.shapes.too_many_values",
    },
    "a size, as 2×2, or a number with decimals or in thousands": {
        "cli.output.expected_error",
        "films.architecture.stage_cost",
        "films.conv_sizes.end",
        "films.conv_sizes.end_border",
        "films.flatten_regions.size",
        "films.pool.shift_pooled",
    },
}


def placeholders(text: str) -> set[str]:
    found = set()
    for _, name, form, _ in string.Formatter().parse(text):
        if name is not None:
            found |= {name} | placeholders(form or "")
    return found


def forms(text: str) -> dict[str, list[str]]:
    """Return the forms that a text has for each count."""
    found: dict[str, list[str]] = {}
    for _, name, form, _ in string.Formatter().parse(text):
        if name is not None and "|" in (form or ""):
            found.setdefault(name, []).append(str(form))
    return found


@cache
def strings() -> tuple[set[str], set[str]]:
    """Return the strings in the source that are keys, and the beginnings of those made at run time."""
    whole, beginnings = set(), set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                start = str(node.values[0].value)
                if KEY.match(start):
                    beginnings.add(start)
    return whole - set(beginnings), beginnings


def plurals(text: str) -> set[str]:
    """Return the placeholders that stand before a plural."""
    return {name for name, noun in PLURAL.findall(text) if noun not in NO_NOUNS}


COUNTED = [key for key, text in TABLE.items() if forms(text.es) or forms(text.en)]


@every_file
@pytest.mark.parametrize("language_", LANGUAGES)
def test_every_form_of_a_count_is_said(room: str, language_: str) -> None:
    for key in set(OF_A_FILE[room]) & set(COUNTED):
        assert_every_form_is_said(key, language_)


def assert_every_form_is_said(key: str, language_: str) -> None:
    text: str = getattr(TABLE[key], language_)
    counted = forms(text)
    for number_of in (1, 2):
        said = say(
            key, language=language_, **(dict.fromkeys(placeholders(text), 3) | dict.fromkeys(counted, number_of))
        )
        for name, each in counted.items():
            for both in each:
                assert placeholders(both) <= set(forms(TABLE[key].es)) | set(forms(TABLE[key].en)), (
                    "a form holds counts"
                )
                one, other = both.format(**(dict.fromkeys(placeholders(text), 3) | {name: number_of})).split("|")
                assert one != other
                assert (one if number_of == 1 else other) in said


def test_a_count_before_a_plural_has_forms() -> None:
    never = set().union(*NEVER_ONE.values())
    bare = {key for key, text in TABLE.items() if plurals(text.es) - set(forms(text.es))}
    assert bare == never
    for key in COUNTED:
        counted = set(forms(TABLE[key].es))
        assert not counted & plurals(TABLE[key].en) - set(forms(TABLE[key].en)), key


@pytest.mark.parametrize(
    ("count", "english", "spanish"),
    [
        (0, "0 shapes", "0 formas"),
        (1, "1 shape", "1 forma"),
        (2, "2 shapes", "2 formas"),
        (1_000_000, "1000000 shapes", "1000000 formas"),
    ],
)
def test_a_count_takes_its_form(count: int, english: str, spanish: str) -> None:
    assert say("cli.options.shapes", count=count) == english
    assert say("cli.options.shapes", language="es", count=count) == spanish
    with pytest.raises(TypeError):
        say("cli.options.shapes", count=str(count))


def in_forms(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, (tuple, list)) else (str(text),)


def messages(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the English and the Spanish of each message, each in its forms; a catalogue's head has no English."""
    return {in_forms(message.id): in_forms(message.string) for message in catalogue if message.id}


def test_what_click_says_is_in_spanish_too() -> None:
    folder = SOURCE / "language" / "click" / "es" / "LC_MESSAGES"
    with (folder / "click.po").open("rb") as written, (folder / "click.mo").open("rb") as compiled:
        said = messages(read_po(written))
        assert messages(read_mo(compiled)) == said, "compile it: make words"
    source = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    plain = re.sub(r'"\s*"', "", source)  # long texts are written in pieces
    for english, spanish in said.items():
        for one, other in zip(english, spanish, strict=True):
            assert f'"{one}"' in plain
            assert other
            assert placeholders(one) == placeholders(other)


@every_file
def test_both_languages_say_the_same(room: str) -> None:
    for key in OF_A_FILE[room]:
        text = TABLE[key]
        assert text.es.strip(), key
        assert text.en.strip(), key
        assert placeholders(text.es) == placeholders(text.en), key


def test_every_key_that_is_said_exists() -> None:
    said, _ = strings()
    modules = {f"{room}.{path.stem}" for room in ROOMS for path in (SOURCE / room.replace(".", "/")).glob("*.py")}
    assert said - modules <= set(TABLE), said - modules - set(TABLE)


def test_what_a_text_wants_is_given() -> None:
    saying = {"say", "told", "note", "ConvistaError"}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            given, key = {keyword.arg for keyword in node.keywords}, node.args[0].value
            if ast.unparse(node.func).split(".")[-1] in saying and key in TABLE and None not in given:
                wanted = {re.split(r"[.\[]", name)[0] for name in placeholders(TABLE[key].en)}
                assert wanted <= given, f"{path.relative_to(SOURCE)}:{node.lineno}: {key} wants {wanted - given}"


def test_every_text_is_said() -> None:
    said, beginnings = strings()
    unsaid = {key for key in TABLE if key not in said and not any(key.startswith(start) for start in beginnings)}
    assert not unsaid


def test_a_missing_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("tracing.no_such_text")
    with pytest.raises(KeyError):
        say("tracing.bias_of_nothing", layer="x")


def test_the_language_can_be_chosen() -> None:
    assert (say("tracing.bias", language="es"), say("tracing.bias")) == ("sesgo", "bias")
    language.use("es")
    assert say("tracing.bias") == "sesgo"
    with pytest.raises(ValueError, match="choose one of en, es"):
        language.use("fr")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LC_ALL": "es_ES.UTF-8", "LANG": "en_GB.UTF-8"}, "es"),
        ({"LANG": "es_MX"}, "es"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "de_DE", "LANG": "es_ES"}, "en"),
    ],
)
def test_the_language_follows_the_locale(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    language._of_the_locale.cache_clear()
    language.use(None)
    assert language.current() == expected
    language._of_the_locale.cache_clear()


@pytest.mark.parametrize(
    ("value", "decimals", "english", "spanish"),
    [
        (3, None, "3", "3"),
        (-2.5, None, "−2.50", "−2,50"),
        (-0.001, 2, "0.00", "0,00"),
        (1234.5678, 1, "1234.6", "1234,6"),
        (-7.0, None, "−7", "−7"),
    ],
)
def test_numbers(value: float, decimals: int | None, english: str, spanish: str) -> None:
    assert number(value, decimals) == english
    assert number(value, decimals, language="es") == spanish


def test_an_error_speaks_the_language_in_use() -> None:
    error = ConvistaError("operators.kernel_too_large", kernel=5, size=4)
    assert str(error).startswith("The kernel spans 5 elements")
    language.use("es")
    assert str(error).startswith("El kernel abarca 5 elementos")


def test_languages() -> None:
    assert LANGUAGES == ("en", "es")


def errors() -> list[str]:
    """Return the keys of the errors of the rooms that read, learn and map."""
    rooms = ("scenes", "learning", "mapping", "models")
    learned = r"learning\.(\w+\.)?(part_|measure_|axis_|shown_|expected_error|mistake|why_|kind_|json_)"
    read = r"scenes\.(bands\.rule_|example\.credit)"
    labels = re.compile(rf"{learned}|{read}|mapping\.(panel_|band_|description|cluster|differs_)")
    return [key for key in TABLE if key.startswith(rooms) and not labels.match(key)]


def test_an_error_is_a_sentence_and_calls_each_thing_by_one_word() -> None:
    assert errors()
    for key in errors():
        for text in TABLE[key]:
            assert re.match(r"[A-ZÁÉÍÓÚÑ«“({]", text), text
            assert text.endswith("."), text
            assert not text.endswith(".."), text
            assert "(s)" not in text, text
            assert "=…" not in text, text
        assert not re.search("cuadrícula|fichero", TABLE[key].es), key
