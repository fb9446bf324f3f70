"""What stands before every compiled loop: exact steps and draws, as text for numba.

`_pick` is a choice without a branch, so that loops with choices stay straight. `_two_to`,
`_exponent_of` and `_mantissa_of` read and write the bits of a number of eight bytes as the standard
IEEE 754 lays them out; they do what `math.ldexp` and `math.frexp` do for normal numbers.
"""

from collections.abc import Mapping
from typing import Final

from sovplan.foundation.chance import rule_number

PREAMBLE: Final = '''"""Written by sovplan: one pass of a society, compiled."""

import math

import numpy as np
from llvmlite import binding, ir
from numba import carray, types
from numba.extending import intrinsic

_real, _whole, _place = np.float64, np.int64, np.uint64
_sqrt, _floor = math.sqrt, np.floor
FUSED = binding.get_host_cpu_features().get("fma", False)


@intrinsic
def _pick(context, test, yes, no):
    kind = context.unify_types(types.unliteral(yes), types.unliteral(no))

    def build(context, builder, signature, given):
        flag = context.cast(builder, given[0], signature.args[0], types.boolean)
        return builder.select(flag, given[1], given[2])

    return kind(types.boolean, kind, kind), build


@intrinsic
def _two_to(context, power):
    def build(context, builder, signature, given):
        word = given[0].type
        moved = builder.shl(builder.add(given[0], word(1023)), word(52))
        return builder.bitcast(moved, ir.DoubleType())

    return types.float64(types.int64), build


@intrinsic
def _exponent_of(context, x):
    def build(context, builder, signature, given):
        word = ir.IntType(64)
        bits = builder.lshr(builder.bitcast(given[0], word), word(52))
        return builder.sub(builder.and_(bits, word(2047)), word(1022))

    return types.int64(types.float64), build


@intrinsic
def _mantissa_of(context, x):
    def build(context, builder, signature, given):
        word = ir.IntType(64)
        bits = builder.and_(builder.bitcast(given[0], word), word(0x000FFFFFFFFFFFFF))
        return builder.bitcast(builder.or_(bits, word(0x3FE0000000000000)), ir.DoubleType())

    return types.float64(types.float64), build


@intrinsic
def _long(context, upper, lower):
    def build(context, builder, signature, given):
        word = ir.IntType(64)
        high = builder.shl(builder.lshr(given[0], word(5)), word(26))
        bits = builder.or_(high, builder.lshr(given[1], word(6)))
        return builder.fmul(builder.sitofp(bits, ir.DoubleType()), ir.DoubleType()(2.0**-53))

    return types.float64(types.uint64, types.uint64), build


@intrinsic
def _short(context, one):
    # the 32 bits of a word put behind the point of 2^20, from which 2^20 is taken off again
    def build(context, builder, signature, given):
        bits = builder.or_(given[0], ir.IntType(64)(0x4130000000000000))
        return builder.fsub(builder.bitcast(bits, ir.DoubleType()), ir.DoubleType()(2.0**20))

    return types.float64(types.uint64), build


@intrinsic
def _over(context, count, steady):
    # count / steady to the bit, for whole numbers and a divisor that is the same for all rows: the
    # inverse of the divisor in two parts is reckoned once, the quotient by it lies within a unit in
    # the last place, and one correction by what is left over rounds it (Markstein 1990)
    def build(context, builder, signature, given):
        count, steady = given
        if not FUSED:
            return builder.fdiv(count, steady)
        one = ir.DoubleType()(1.0)
        minus = builder.fneg(steady)
        upper = builder.fdiv(one, steady)
        lower = builder.fdiv(builder.fma(minus, upper, one), steady)
        near = builder.fma(count, upper, builder.fmul(count, lower))
        return builder.fma(builder.fma(minus, near, count), upper, near)

    return types.float64(types.float64, types.float64), build


@intrinsic
def _bits(context, marks, start):
    # one bit for each of 64 marks of a byte, the first one lowest
    def build(context, builder, signature, given):
        data = context.make_array(signature.args[0])(context, builder, given[0]).data
        many = ir.VectorType(ir.IntType(8), 64)
        place = builder.bitcast(builder.gep(data, [given[1]]), many.as_pointer())
        found = builder.load(place, align=1)
        some = builder.icmp_unsigned("!=", found, ir.Constant(many, [0] * 64))
        return builder.bitcast(some, ir.IntType(64))

    return types.uint64(marks, types.int64), build


@intrinsic
def _lowest(context, bits):
    def build(context, builder, signature, given):
        return builder.cttz(given[0], ir.IntType(1)(1))

    return types.int64(types.uint64), build

@intrinsic
def _room(context, size):
    # memory of its own, which the compiler knows to overlap with nothing else
    def build(context, builder, signature, given):
        return context.nrt.allocate(builder, given[0])

    return types.voidptr(types.int64), build


@intrinsic
def _even(context, room):
    # the next address that is a whole number of lines of the caches
    def build(context, builder, signature, given):
        word = ir.IntType(64)
        off = builder.and_(builder.neg(builder.ptrtoint(given[0], word)), word(63))
        return builder.gep(given[0], [off])

    return types.voidptr(types.voidptr), build


@intrinsic
def _leave(context, room):
    def build(context, builder, signature, given):
        context.nrt.free(builder, given[0])
        return context.get_dummy_value()

    return types.none(types.voidptr), build

'''

_START: Final = (
    "w0{t} = np.uint64({key}) & np.uint64(0xFFFFFFFF)",
    "w1{t} = np.uint64({key}) >> np.uint64(32)",
    "w2{t} = stamp",
    "w3{t} = np.uint64({number})",
)
_KEYS: Final = (
    "k0 = {low} & np.uint64(0xFFFFFFFF)",
    "k1 = {high} & np.uint64(0xFFFFFFFF)",
)
_TURN: Final = (
    "    p0 = np.uint64(0xD2511F53) * w0{t}",
    "    p1 = np.uint64(0xCD9E8D57) * w2{t}",
    "    w0{t} = (p1 >> np.uint64(32)) ^ w1{t} ^ k0",
    "    w1{t} = p1 & np.uint64(0xFFFFFFFF)",
    "    w2{t} = (p0 >> np.uint64(32)) ^ w3{t} ^ k1",
    "    w3{t} = p0 & np.uint64(0xFFFFFFFF)",
)
_NEXT: Final = (
    "    k0 = (k0 + np.uint64(0x9E3779B9)) & np.uint64(0xFFFFFFFF)",
    "    k1 = (k1 + np.uint64(0xBB67AE85)) & np.uint64(0xFFFFFFFF)",
)


def philox(key: str, streams: Mapping[str, str], *, seeded: bool = True) -> list[str]:
    """Return lines that make four words of Philox4x32-10 for a key, as `chance.philox` does.

    Several streams at once keep a processor busier than one after the other: each multiplication
    waits for the one before it.

    Parameters
    ----------
    key
        Text of the key.
    streams
        Name of each stream by what is put behind the names of its words, `w0` to `w3`.
    seeded
        Whether the seed has a part in it. A seed has twice 32 bits as it comes; said here once
        more, it spares long multiplications.
    """
    low, high = ("low_seed", "high_seed") if seeded else ("np.uint64(0)", "np.uint64(0)")
    numbers = {tag: rule_number(stream) for tag, stream in streams.items()}
    begun = [line.format(t=t, key=key, number=n) for t, n in numbers.items() for line in _START]
    keys = [line.format(low=low, high=high) for line in _KEYS]
    turn = [line.format(t=tag) for tag in numbers for line in _TURN]
    return [*begun, *keys, "for turn in range(10):", *turn, *_NEXT]
