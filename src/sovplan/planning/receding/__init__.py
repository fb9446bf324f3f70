"""Receding horizon: plan some periods, carry out the first of them, plan again.

Source: Parellada, program Economic-Planning (2023-2025), after Hagberg and Zachariah, program rhp,
both of which plan with supply and use tables.
"""
