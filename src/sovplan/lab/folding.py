"""Which arguments of a rule reach what it writes, where others are known: read off its text.

The text of a rule is gone through once, with numbers where they are known and names where not: a
product with nought is nought whatever the other factor, and of two branches only one is taken where
the question is known. Nothing is run. What the text does not tell counts as reaching.
"""

import ast
import builtins
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from inspect import unwrap
from typing import Any, Final, final

from sovplan.foundation.engine.language import definition

_SUMS: Final[Mapping[type, Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv, ast.Pow: operator.pow,
}  # fmt: skip
_QUESTIONS: Final[Mapping[type, Callable[[Any, Any], bool]]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_EXACT: Final = frozenset({"max", "min", "abs", "int", "float"})
"""Functions whose value is found where all they are given is known."""


class _UnclearError(Exception):
    """The text does what is not gone through here."""


@final
@dataclass(frozen=True, slots=True)
class _Value:
    """A number where it is known, and the arguments that it depends on where it is not."""

    number: float | None = None
    names: frozenset[str] = frozenset()


def reaching(law: Callable[..., Any], known: Mapping[str, float]) -> frozenset[str] | None:
    """Return the arguments of a rule that reach what it writes.

    Parameters
    ----------
    law
        The function of a rule.
    known
        Arguments whose values are known, by name.

    Returns
    -------
    frozenset of str or None
        Names of arguments, of those that are not known; None where the text does not tell.
    """
    text = definition(law)
    found = {
        each.arg: _Value(known[each.arg]) if each.arg in known else _Value(names=_only(each.arg))
        for each in (*text.args.args, *text.args.kwonlyargs)
    }
    body = _Body(found, vars(builtins) | unwrap(law).__globals__)
    try:
        body.go(text.body)
    except _UnclearError:
        return None
    return frozenset(body.written)


def _only(name: str) -> frozenset[str]:
    return frozenset({name})


def _union(values: Iterable[_Value]) -> _Value:
    return _Value(names=frozenset().union(*(each.names for each in values)))


@final
@dataclass
class _Body:
    """The text of a rule on the way from its first line to the last."""

    found: dict[str, _Value]
    around: Mapping[str, Any]
    written: set[str] = field(default_factory=set)

    def go(self, lines: Iterable[ast.stmt]) -> bool:
        """Go through lines; return whether something was given back."""
        for line in lines:
            if isinstance(line, ast.Return) and line.value is not None:
                self.written |= self.value(line.value).names
                return True
            if isinstance(line, ast.If):
                if self._either(line):
                    return True
            elif not isinstance(line, ast.Expr):
                self._put(line)
        return False

    def _put(self, line: ast.stmt) -> None:
        """Give names their values."""
        if isinstance(line, ast.Assign) and len(line.targets) == 1:
            target, value = line.targets[0], line.value
        elif isinstance(line, ast.AnnAssign) and line.value is not None:
            target, value = line.target, line.value
        else:
            raise _UnclearError
        if isinstance(target, ast.Name):
            self.found[target.id] = self.value(value)
        elif isinstance(target, ast.Tuple):
            parts = value.elts if isinstance(value, ast.Tuple) else [value] * len(target.elts)
            values = [self.value(part) for part in parts]
            for each, one in zip(target.elts, values, strict=True):
                if not isinstance(each, ast.Name):
                    raise _UnclearError
                whole = one if isinstance(value, ast.Tuple) else _Value(names=one.names)
                self.found[each.id] = whole
        else:
            raise _UnclearError

    def _either(self, line: ast.If) -> bool:
        """Go through the branch that is taken, or both; return whether something came back."""
        asked = self.value(line.test)
        if asked.number is not None:
            return self.go(line.body if asked.number else line.orelse)
        before = dict(self.found)
        ended = self.go(line.body)
        one, self.found = self.found, before
        other_ended = self.go(line.orelse)
        if ended or other_ended:
            # Whether later lines are reached hangs on the question.
            self.written |= asked.names
        for name in one.keys() | self.found.keys():
            values = [side[name] for side in (one, self.found) if name in side]
            if any(each != values[0] for each in values) or len(values) == 1:
                self.found[name] = _union([*values, asked])
        return ended and other_ended

    def value(self, text: ast.expr) -> _Value:
        """Return what an expression is."""
        how = _HOW.get(type(text))
        return self.parts(text) if how is None else how(self, text)

    def parts(self, text: ast.expr) -> _Value:
        """Return all that the names of an expression depend on."""
        parts = [part for part in ast.walk(text) if isinstance(part, ast.Name)]
        return _union(self.found[part.id] for part in parts if part.id in self.found)

    def constant(self, text: ast.Constant) -> _Value:
        """Return a number, or what is none and depends on nothing."""
        number = text.value
        return _Value(float(number)) if isinstance(number, int | float) else _Value()

    def signed(self, text: ast.UnaryOp) -> _Value:
        """Return a number with the other sign, or the answer `not`."""
        one = self.value(text.operand)
        if one.number is None or not isinstance(text.op, ast.Not | ast.USub):
            return _union([one])
        return _Value(float(not one.number) if isinstance(text.op, ast.Not) else -one.number)

    def asked(self, text: ast.Compare) -> _Value:
        """Return the answer to a question."""
        known = len(text.ops) == 1 and type(text.ops[0]) in _QUESTIONS
        if not known:
            return self.parts(text)
        return self._found(_QUESTIONS[type(text.ops[0])], text.left, text.comparators[0])

    def called(self, text: ast.Call) -> _Value:
        """Return what a function gives back."""
        name = text.func.id if isinstance(text.func, ast.Name) else ""
        if name in _EXACT and not text.keywords:
            return self._found(self.around[name], *text.args)
        return self.parts(text)

    def named(self, text: ast.Name) -> _Value:
        """Return what a name stands for."""
        if text.id in self.found:
            return self.found[text.id]
        around = self.around.get(text.id)
        return _Value(float(around)) if isinstance(around, int | float) else _Value()

    def _found(self, how: Callable[..., Any], *parts: ast.expr) -> _Value:
        """Return a number where all parts are known, else what they depend on."""
        values = [self.value(part) for part in parts]
        numbers = [each.number for each in values if each.number is not None]
        if len(numbers) < len(values):
            return _union(values)
        try:
            return _Value(float(how(*numbers)))
        except (ArithmeticError, TypeError, ValueError):
            return _Value()

    def sum(self, text: ast.BinOp) -> _Value:
        """Return a sum, product, quotient or power."""
        left, right = self.value(text.left), self.value(text.right)
        product = isinstance(text.op, ast.Mult)
        if left.number == 0.0 and (product or isinstance(text.op, ast.Div)):
            return left
        if product and right.number == 0.0:
            return right
        if type(text.op) not in _SUMS:
            return _union((left, right))
        return self._found(_SUMS[type(text.op)], text.left, text.right)

    def all_or_any(self, text: ast.BoolOp) -> _Value:
        """Return what `and` and `or` make: one part that is known may decide."""
        decides = isinstance(text.op, ast.Or)
        values = [self.value(part) for part in text.values]
        if any(each.number is not None and bool(each.number) == decides for each in values):
            return _Value(float(decides))
        if all(each.number is not None for each in values):
            return _Value(float(not decides))
        return _union(values)

    def chosen(self, text: ast.IfExp) -> _Value:
        """Return one of two, or both where the question is not known."""
        asked = self.value(text.test)
        if asked.number is not None:
            return self.value(text.body if asked.number else text.orelse)
        one, other = self.value(text.body), self.value(text.orelse)
        same = one.number is not None and one == other
        return one if same else _union((asked, one, other))


_HOW: Final[Mapping[type, Callable[[_Body, Any], _Value]]] = {
    ast.Constant: _Body.constant, ast.Name: _Body.named, ast.BinOp: _Body.sum,
    ast.UnaryOp: _Body.signed, ast.Compare: _Body.asked, ast.BoolOp: _Body.all_or_any,
    ast.IfExp: _Body.chosen, ast.Call: _Body.called,
}  # fmt: skip
