"""Checks of types at run time, as cheap as each function allows.

The import hook of jaxtyping (pyproject.toml) wraps every function and dataclass of the package in
`jaxtyped(typechecker=...)`, which binds arguments by hand and checks them once before the call and
once more after it. The same types are checked here by one pass of the type checker, and only a
function whose hints name axes is given a scope of its own for their sizes.
"""

import dataclasses
import functools
import inspect
from collections.abc import Callable
from typing import Any, Final, TypeAlias, get_args

import jaxtyping

Checker: TypeAlias = Callable[[Any], Any]
"""Wraps a function so that arguments and result are checked."""
Function: TypeAlias = Callable[..., object]

_WITH_AXES: Final = jaxtyping.jaxtyped


def lighten() -> None:
    """Let the import hook wrap what is imported from now on in `checked`."""
    jaxtyping.jaxtyped = checked  # type: ignore[assignment]


def checked(*, typechecker: Checker) -> Checker:
    """Return what wraps a function, method, property or dataclass in a type checker."""
    return functools.partial(_checked, typechecker=typechecker)


def _checked(found: object, typechecker: Checker) -> object:
    wrap = functools.partial(_checked, typechecker=typechecker)
    if isinstance(found, type):
        made = vars(found).get("__init__") if dataclasses.is_dataclass(found) else None
        if made is not None and not hasattr(made, "__wrapped__"):
            found.__init__ = wrap(made)  # type: ignore[misc]
        return found
    if isinstance(found, classmethod | staticmethod):
        return type(found)(wrap(found.__func__))  # type: ignore[arg-type]
    if isinstance(found, property):
        parts: Any = (found.fget, found.fset, found.fdel)
        return property(*(part and wrap(part) for part in parts))  # type: ignore[arg-type]
    assert callable(found)
    return _function(found, typechecker)


def _function(function: Function, typechecker: Checker) -> Function:
    hints = list(function.__annotations__.values())
    axes = any(map(names_axes, hints))
    later = any(isinstance(hint, str) for hint in hints)
    if axes and (later or inspect.isgeneratorfunction(function)):
        # jaxtyping knows when to look up names that are defined later, and when to leave axes of
        # what is yielded.
        return _WITH_AXES(function, typechecker=typechecker)
    inner: Function = typechecker(function)
    return _in_scope(function, inner) if axes else inner


def names_axes(hint: object) -> bool:
    """Tell whether a hint is an array type with axes, or holds one."""
    if inspect.isclass(hint) and issubclass(hint, jaxtyping.AbstractArray):
        return True
    return any(map(names_axes, get_args(hint)))


def _in_scope(function: Function, inner: Function) -> Function:
    """Give each call sizes of axes of its own."""

    @functools.wraps(function)
    def scoped(*args: object, **kwargs: object) -> object:
        __tracebackhide__ = True
        with _WITH_AXES("context"):
            return inner(*args, **kwargs)

    return scoped
