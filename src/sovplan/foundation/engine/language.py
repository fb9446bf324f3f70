"""The language of rules: the part of Python that runs alike row by row, over columns and compiled.

A rule is straight-line: assignments and one `return`. Expressions are numbers, names, + - * / // %,
`**`, comparisons, `and`, `or`, `not`, `a if c else b`, `min`, `max`, `abs`, `int`, `float`,
`math.sqrt`, `math.floor`, `math.exp`, `math.log`, and functions written in the same language.
Whatever else stands in a rule is an error when the model is composed, with file and line.

Every expression has a kind: boolean, whole (64-bit integer) or real (IEEE number of eight bytes).
One walk over the text of a rule types it and writes it down in the dialect of an engine; functions
that it calls are written into it, so that the order of operations is the same in all engines.
"""

import ast
import inspect
import math
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final, Literal, Protocol, TypeAlias, final, runtime_checkable

from sovplan.foundation.engine import functions
from sovplan.foundation.engine.bounds import Bounds, chosen, greatest, least, reckoned

Kind: TypeAlias = Literal["boolean", "whole", "real"]


@final
@dataclass(frozen=True, slots=True)
class Code:
    """An expression written down, and what is known of it.

    Parameters
    ----------
    text
        How it is written.
    kind
        Kind of its value.
    constant
        Its value, where that is known.
    bounds
        Between which whole numbers its value lies, where that is known.
    counted
        Whether it is a real number that was made of a whole one.
    steady
        Whether it is an institution or a parameter, the same for all rows of a year.
    """

    text: str
    kind: Kind
    constant: float | int | bool | None = None
    bounds: Bounds = None
    counted: bool = False
    steady: bool = False


@runtime_checkable
class Dialect(Protocol):
    """How an engine writes what the engines write differently."""

    def real(self, whole: str) -> str:
        """Write a whole number or truth value as a real number."""

    def whole(self, number: str) -> str:
        """Write a real number or truth value as a whole number, cut towards 0."""

    def pick(self, test: str, yes: str, no: str) -> str:
        """Write the choice between two numbers."""

    def both(self, left: str, right: str) -> str:
        """Write a conjunction."""

    def either(self, left: str, right: str) -> str:
        """Write a disjunction."""

    def negated(self, test: str) -> str:
        """Write a negation."""

    def over(self, left: "Code", right: "Code") -> str:
        """Write a quotient of real numbers."""

    def call(self, name: str, argument: str) -> str:
        """Write sqrt, floor (a real number), two_to, exponent_of or mantissa_of."""


_OPERATORS: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
}  # fmt: skip
_COMPARISONS: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_MEANT: Final[Mapping[Callable[..., Any], Callable[..., Any]]] = {
    math.exp: functions.exp,
    math.log: functions.log,
    math.pow: functions.power,
}
_STEPS: Final[Mapping[Callable[..., Any], tuple[str, Kind]]] = {
    math.sqrt: ("sqrt", "real"),
    functions.two_to: ("two_to", "real"),
    functions.exponent_of: ("exponent_of", "whole"),
    functions.mantissa_of: ("mantissa_of", "real"),
}
_HIGHEST_POWER: Final = 8


class Untranslatable(TypeError):
    """A rule uses what the language of rules does not have: a mistake of its author."""


@cache
def definition(law: Callable[..., Any]) -> ast.FunctionDef:
    """Return the parsed text of a function."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(law))))
    found = next((node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)), None)
    if found is None:
        raise Untranslatable(f"{law!r} is no function with a text of its own")
    return found


@final
@dataclass
class Translation:
    """Writes functions down, line by line.

    Parameters
    ----------
    dialect
        How the engine writes.
    prefix
        Put before every name that is made, so that several rules can stand in one function.
    """

    dialect: Dialect
    prefix: str = ""
    lines: list[str] = field(default_factory=list)
    made: int = 0

    def function(self, law: Callable[..., Any], given: Mapping[str, Code]) -> tuple[Code, ...]:
        """Write the body of a function; return what it gives back."""
        return _Body(self, inspect.unwrap(law), dict(given)).run()

    def keep(self, code: Code) -> Code:
        """Give an expression a name, unless it is one already."""
        if code.constant is not None or code.text.isidentifier():
            return code
        self.made += 1
        name = f"{self.prefix}{self.made}"
        self.lines.append(f"{name} = {code.text}")
        return replace(code, text=name)

    def real(self, code: Code) -> Code:
        """Turn an expression into a real number."""
        if code.kind == "real":
            return code
        if code.constant is not None:
            return constant(float(code.constant))
        return Code(self.dialect.real(code.text), "real", counted=True)

    def whole(self, code: Code) -> Code:
        """Turn an expression into a whole number, cut towards 0."""
        if code.kind == "whole":
            return code
        if code.constant is not None:
            return constant(int(code.constant))
        bounds = (0, 1) if code.kind == "boolean" else None
        return Code(self.dialect.whole(code.text), "whole", bounds=bounds)

    def pick(self, test: Code, yes: Code, no: Code) -> Code:
        """Choose between two expressions."""
        yes, no = self.alike(yes, no)
        text = self.dialect.pick(test.text, yes.text, no.text)
        return Code(text, yes.kind, bounds=chosen(yes.bounds, no.bounds))

    def alike(self, left: Code, right: Code) -> tuple[Code, Code]:
        """Bring two expressions to one kind, whole or real."""
        if "real" in {left.kind, right.kind}:
            return self.real(left), self.real(right)
        return self.whole(left), self.whole(right)


@final
class _Body:
    """The body of one function on its way into another language."""

    def __init__(self, out: Translation, law: Callable[..., Any], names: dict[str, Code]) -> None:
        self.out, self.law, self.names = out, law, names

    def run(self) -> tuple[Code, ...]:
        tree = definition(self.law)
        for node in tree.body:
            if isinstance(node, ast.Return):
                parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                return tuple(self.out.keep(self.expression(part)) for part in parts if part)
            self.statement(node)
        raise self.wrong(tree, "has no return at its end")

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                return
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.bind(name, self.expression(value))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.bind(name, self.expression(value))
            case ast.AugAssign(target=ast.Name(id=name) as target, op=op, value=value):
                left = ast.copy_location(ast.Name(id=name, ctx=ast.Load()), target)
                whole = ast.copy_location(ast.BinOp(left, op, value), node)
                self.bind(name, self.expression(whole))
            case ast.Assign(targets=[ast.Tuple(elts=left)], value=ast.Tuple(elts=right)):
                # All values are reckoned before any name changes: `a, b = b, a` swaps.
                codes = [self.expression(value) for value in right]
                names = [name.id for name in left if isinstance(name, ast.Name)]
                if not len(names) == len(left) == len(codes):
                    raise self.wrong(node, "does not give one value to each of its names")
                for name, code in zip(names, codes, strict=True):
                    self.bind(name, code)
            case _:
                raise self.wrong(node, "stands in a rule; only `name = ...` and `return` may")

    def bind(self, name: str, code: Code) -> None:
        self.names[name] = self.out.keep(code)

    def expression(self, node: ast.expr) -> Code:
        match node:
            case ast.Constant(value=bool() | int() | float() as value):
                return constant(value)
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case ast.Name() | ast.Attribute():
                value = self.value(node)
                if isinstance(value, bool | int | float):
                    return constant(value)
            case ast.BinOp(left=left, op=op, right=right):
                return self.arithmetic(node, self.expression(left), op, self.expression(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                code = self.expression(operand)
                if code.constant is not None:
                    return constant(-code.constant)
                number = code if code.kind == "real" else self.out.whole(code)
                return Code(f"(-{number.text})", number.kind)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Code(self.out.dialect.negated(self.test(operand).text), "boolean")
            case ast.BoolOp(op=joint, values=parts):
                both = isinstance(joint, ast.And)
                join = self.out.dialect.both if both else self.out.dialect.either
                text = self.test(parts[0]).text
                for part in parts[1:]:
                    text = join(text, self.test(part).text)
                return Code(text, "boolean")
            case ast.Compare():
                return self.comparison(node)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.out.pick(
                    self.test(test), self.expression(body), self.expression(orelse)
                )
            case ast.Call(func=func, args=args, keywords=[]):
                return self.call(node, self.value(func), [self.expression(arg) for arg in args])
        raise self.wrong(node, f"`{ast.unparse(node)}` is not in the language of rules")

    def test(self, node: ast.expr) -> Code:
        code = self.expression(node)
        return code if code.kind == "boolean" else Code(f"({code.text} != 0)", "boolean")

    def arithmetic(self, node: ast.expr, left: Code, op: ast.operator, right: Code) -> Code:
        if isinstance(op, ast.Pow):
            return self.power(left, right)
        sign = _OPERATORS.get(type(op))
        if sign is None:
            raise self.wrong(node, f"`{ast.unparse(node)}` is not in the language of rules")
        if sign == "/":
            left, right = self.out.real(left), self.out.real(right)
        left, right = self.out.alike(left, right)
        if sign in {"//", "%"} and left.kind == "real":
            raise self.wrong(node, f"{sign} is for whole numbers")
        if sign == "/" and left.constant is not None and right.constant:
            return constant(left.constant / right.constant)
        if sign == "/":
            return Code(self.out.dialect.over(left, right), "real")
        bounds = reckoned(left.bounds, sign, right.bounds)
        return Code(f"({left.text} {sign} {right.text})", left.kind, bounds=bounds)

    def power(self, base: Code, exponent: Code) -> Code:
        many = exponent.constant
        if isinstance(many, int) and 1 <= many <= _HIGHEST_POWER:
            factor = self.out.keep(base if base.kind == "real" else self.out.whole(base))
            text = " * ".join([factor.text] * many)
            return Code(f"({text})", factor.kind)
        return self.inlined(functions.power, [self.out.real(base), self.out.real(exponent)])

    def comparison(self, node: ast.Compare) -> Code:
        text, left = "", self.out.keep(self.expression(node.left))
        for op, part in zip(node.ops, node.comparators, strict=True):
            sign = _COMPARISONS.get(type(op))
            if sign is None:
                raise self.wrong(node, f"`{ast.unparse(node)}` is not in the language of rules")
            right = self.out.keep(self.expression(part))
            one, other = self.out.alike(left, right)
            said = f"({one.text} {sign} {other.text})"
            text = self.out.dialect.both(text, said) if text else said
            left = right
        return Code(text, "boolean")

    def call(self, node: ast.expr, law: object, given: list[Code]) -> Code:
        if law in {min, max} and len(given) > 1:
            return self.extreme("<" if law is min else ">", given)
        if law is abs and len(given) == 1:
            number = self.out.alike(given[0], given[0])[0]
            return Code(f"abs({number.text})", number.kind)
        if law is int and len(given) == 1:
            return self.out.whole(given[0])
        if law is float and len(given) == 1:
            return self.out.real(given[0])
        if law is math.floor and len(given) == 1:
            down = self.out.dialect.call("floor", self.out.real(given[0]).text)
            return Code(self.out.dialect.whole(down), "whole")
        if callable(law) and law in _STEPS and len(given) == 1:
            name, kind = _STEPS[law]
            number = given[0] if name == "two_to" else self.out.real(given[0])
            return Code(self.out.dialect.call(name, self.out.keep(number).text), kind)
        if callable(law):
            meant = _MEANT.get(law, law)
            if inspect.isfunction(inspect.unwrap(meant)):
                return self.inlined(meant, given)
        raise self.wrong(node, f"`{ast.unparse(node)}` is not in the language of rules")

    def extreme(self, sign: str, given: list[Code]) -> Code:
        # as Python's own: the first of equals, and the first if the other is not a number
        best = self.out.keep(given[0])
        for code in given[1:]:
            one, other = self.out.alike(best, self.out.keep(code))
            one, other = self.out.keep(one), self.out.keep(other)
            test = Code(f"({other.text} {sign} {one.text})", "boolean")
            ends = (least if sign == "<" else greatest)(one.bounds, other.bounds)
            best = self.out.keep(replace(self.out.pick(test, other, one), bounds=ends))
        return best

    def inlined(self, law: Callable[..., Any], given: list[Code]) -> Code:
        names = inspect.signature(law).parameters
        kept = [self.out.keep(code) for code in given]
        (result,) = self.out.function(law, dict(zip(names, kept, strict=True)))
        return result

    def value(self, node: ast.expr) -> Any:  # noqa: ANN401 - whatever the name means to the rule
        if isinstance(node, ast.Attribute):
            return getattr(self.value(node.value), node.attr, None)
        if isinstance(node, ast.Name):
            space = inspect.getclosurevars(self.law)
            for names in (space.nonlocals, self.law.__globals__, space.builtins):
                if node.id in names:
                    return names[node.id]
        raise self.wrong(node, f"`{ast.unparse(node)}` is not known here")

    def wrong(self, node: ast.AST, text: str) -> Untranslatable:
        first = self.law.__code__.co_firstlineno
        line = first + getattr(node, "lineno", 1) - 1
        return Untranslatable(f"{self.law.__module__}, line {line}, {self.law.__name__}: {text}")


def constant(value: float | int | bool) -> Code:
    """Write a number as it stands."""
    kind: Kind = (
        "boolean" if isinstance(value, bool) else "whole" if isinstance(value, int) else "real"
    )
    text = repr(value)
    bounds = None if kind == "real" else (int(value), int(value))
    return Code(f"({text})" if text.startswith("-") else text, kind, value, bounds)
