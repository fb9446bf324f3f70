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

_AXES: Final = jaxtyping.jaxtyped


def lighten() -> None:
    """Let the import hook wrap what is imported from now on in `checked`."""
    jaxtyping.jaxtyped = checked  # type: ignore[assignment]


def checked(*, typechecker: Checker) -> Checker:
    """Return what wraps a function, method, property or dataclass in a type checker."""
    return functools.partial(_checked, typechecker=typechecker)


def _checked(found: Any, typechecker: Checker) -> Any:
    wrap = functools.partial(_checked, typechecker=typechecker)
    if inspect.isclass(found):
        made = vars(found).get("__init__") if dataclasses.is_dataclass(found) else None
        if made is not None and not hasattr(made, "__wrapped__"):
            found.__init__ = wrap(made)
        return found
    if isinstance(found, classmethod | staticmethod):
        return type(found)(wrap(found.__func__))
    if isinstance(found, property):
        parts = (found.fget, found.fset, found.fdel)
        return property(*(part and wrap(part) for part in parts))
    hints = list(found.__annotations__.values())
    if any(isinstance(hint, str) for hint in hints):
        # Names that are defined later: only jaxtyping knows when to look them up.
        return _AXES(found, typechecker=typechecker)
    if not any(map(names_axes, hints)):
        return typechecker(found)
    if inspect.isgeneratorfunction(found):
        return _AXES(found, typechecker=typechecker)
    return _in_scope(found, typechecker(found))


def names_axes(hint: Any) -> bool:
    """Tell whether a hint is an array type with axes, or holds one."""
    if inspect.isclass(hint) and issubclass(hint, jaxtyping.AbstractArray):
        return True
    return any(map(names_axes, get_args(hint)))


def _in_scope(function: Callable[..., Any], inner: Callable[..., Any]) -> Callable[..., Any]:
    """Give each call sizes of axes of its own."""

    @functools.wraps(function)
    def scoped(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        with _AXES("context"):
            return inner(*args, **kwargs)

    return scoped
