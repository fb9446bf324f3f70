"""Values to and from what JSON can hold, and the one way to write JSON.

The text is canonical JSON as RFC 8785 describes it: no blanks, keys in the order of their UTF-16
code units, numbers in the shortest form that reads back as the same number, UTF-8.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from sovplan.foundation.errors import DataError
from sovplan.foundation.words import say

_LARGEST_WHOLE: Final = 2**53
T = TypeVar("T")


def canonical(value: object) -> bytes:
    """Return the canonical JSON of a value of None, truth, text, numbers, lists and mappings.

    Raises
    ------
    DataError
        The value holds something that JSON cannot, such as a date, an infinite number, a whole
        number beyond 2^53, or half of a character.
    """
    try:
        return "".join(_written(value)).encode()
    except UnicodeEncodeError as wrong:
        raise DataError(say("papers.wire.not_text", found=ascii(wrong.object))) from None


def parsed(content: bytes, file: object = "") -> Any:  # noqa: ANN401 - any JSON value
    """Return what a JSON text holds.

    Parameters
    ----------
    content
        The text in UTF-8.
    file
        Where it was read, for messages.

    Raises
    ------
    DataError
        It is not JSON in UTF-8, a key stands twice, or a number is not finite.
    """
    try:
        return json.loads(
            content.decode(),
            object_pairs_hook=_once,
            parse_float=_finite,
            parse_int=_whole,
            parse_constant=_finite,
        )
    except (ValueError, RecursionError) as wrong:
        key = "papers.wire.file_not_json" if file else "papers.wire.not_json"
        raise DataError(say(key, why=wrong, file=file)) from None


def encoded(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value as JSON can hold it: nan as null, infinity as the text inf, tuples as lists.

    Values made of fields become mappings of their fields.
    """
    if isinstance(value, float | np.floating):
        return number(float(value))
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encoded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: encoded(part) for key, part in value.items()}
    if isinstance(value, np.ndarray):
        return encoded(value.tolist())
    if isinstance(value, list | tuple):
        return [encoded(part) for part in value]
    return value


def number(value: float) -> float | str | None:
    """Return a number as JSON can hold it: nan as null, infinity as the text inf or -inf."""
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else str(value)


def decoded(hint: Any, value: Any, where: str) -> Any:  # noqa: ANN401 - any field of a paper
    """Return the value that `encoded` wrote, by the type of the field it came from.

    Parameters
    ----------
    hint
        Type of the field: text, truth, number, tuple, mapping, choice, or values made of these.
    value
        What JSON held.
    where
        Name of the field, for messages.

    Raises
    ------
    DataError
        The value is not of that type.
    """
    origin = get_origin(hint)
    if origin is not None:
        return _composed(origin, get_args(hint), value, where)
    if hint is float:
        return float_of(value, where)
    if is_dataclass(hint) and isinstance(hint, type):
        return built(hint, value, where)
    return plain(hint, value, where)


def _composed(origin: Any, parts: tuple[Any, ...], value: object, where: str) -> object:  # noqa: ANN401
    if origin in {Union, UnionType}:
        return _one_of(parts, value, where)
    if origin is Literal:
        if value in parts:
            return value
        raise _unfit(where, value, " | ".join(map(str, parts)))
    if origin is tuple:
        listed = plain(list, value, where)
        return tuple(decoded(parts[0], item, f"{where}[{n}]") for n, item in enumerate(listed))
    mapped = plain(dict, value, where)
    return {key: decoded(parts[1], item, f"{where}.{key}") for key, item in mapped.items()}


def built(kind: type[T], value: object, where: str, **ready: object) -> T:
    """Return a value made of fields from a mapping of its fields.

    Parameters
    ----------
    kind
        What to build.
    value, where
        The mapping, and its name for messages.
    **ready
        Fields that are read already, and are not in `value` or are read another way.
    """
    mapping = plain(dict, value, where)
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    for name in mapping.keys() - names:
        raise DataError(say("papers.wire.unknown", where=where, name=name))
    for name in names - mapping.keys() - ready.keys():
        raise DataError(say("papers.wire.missing", where=where, name=name))
    read = {
        name: decoded(hints[name], item, f"{where}.{name}")
        for name, item in mapping.items()
        if name not in ready
    }
    return kind(**read, **ready)


def fields_of(value: object, where: str, names: Set[str]) -> dict[str, Any]:
    """Return a mapping if it has these names and no others.

    Raises
    ------
    DataError
        It is no mapping, or a name is missing or has no place there.
    """
    mapping = plain(dict, value, where)
    for name in sorted(mapping.keys() - names):
        raise DataError(say("papers.wire.unknown", where=where, name=name))
    for name in sorted(names - mapping.keys()):
        raise DataError(say("papers.wire.missing", where=where, name=name))
    return mapping


def plain(kind: type[T], value: object, where: str) -> T:
    """Return a value if JSON gave it this type; truth is no number.

    Raises
    ------
    DataError
        It gave another.
    """
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _unfit(where, value, kind.__name__)
    return value


def float_of(value: object, where: str) -> float:
    """Return the number that `number` wrote.

    Raises
    ------
    DataError
        It is no number.
    """
    if value is None:
        return math.nan
    if value in {"inf", "-inf"} if isinstance(value, str) else _is_number(value):
        return float(value)  # type: ignore[arg-type]
    raise _unfit(where, value, "number")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _one_of(hints: Sequence[Any], value: object, where: str) -> object:
    if value is None and NoneType in hints:
        return None
    wrong: DataError | None = None
    for hint in hints:
        if hint is NoneType:
            continue
        try:
            return decoded(hint, value, where)
        except DataError as failed:
            wrong = failed
    raise wrong or _unfit(where, value, "null")


def _unfit(where: str, value: object, needed: str) -> DataError:
    return DataError(say("papers.wire.unfit", where=where, found=repr(value)[:60], needed=needed))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DataError(say("papers.wire.twice", name=twice))
    return found


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise DataError(say("papers.wire.not_json", why=text))
    return value


def _whole(text: str) -> int | float:
    # A float without fraction is written without a point; beyond 2^53 it can only be a float.
    if len(text) <= 17 and abs(int(text)) <= _LARGEST_WHOLE:
        return int(text)
    return _finite(text)


def _written(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)
    elif isinstance(value, bool) or value is None:
        yield {True: "true", False: "false", None: "null"}[value]
    elif isinstance(value, Mapping):
        yield "{"
        for place, key in enumerate(sorted(value, key=_utf16)):
            yield f"{',' if place else ''}{json.dumps(key, ensure_ascii=False)}:"
            yield from _written(value[key])
        yield "}"
    elif isinstance(value, list):
        yield "["
        for place, part in enumerate(value):
            if place:
                yield ","
            yield from _written(part)
        yield "]"
    else:
        yield _digits(value)


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise DataError(say("papers.wire.not_plain", found=repr(key)))
    return key.encode("utf-16-be", "surrogatepass")


def _digits(value: object) -> str:
    """Return a number as ECMAScript does: shortest digits, an exponent only when far from 1."""
    if isinstance(value, int) and abs(value) <= _LARGEST_WHOLE:
        return str(value)
    if not isinstance(value, float) or not math.isfinite(value):
        raise DataError(say("papers.wire.not_plain", found=repr(value)))
    sign, figures, power = Decimal(repr(value)).normalize().as_tuple()
    digits = "".join(map(str, figures))
    point = len(digits) + int(power)
    if value == 0:
        return "0"
    minus = "-" if sign else ""
    if len(digits) <= point <= 21:
        return f"{minus}{digits}{'0' * (point - len(digits))}"
    if 0 < point <= 21:
        return f"{minus}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{minus}{digits[0]}{fraction}e{point - 1:+d}"
