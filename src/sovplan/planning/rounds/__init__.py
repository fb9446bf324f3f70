"""Participatory planning in rounds: councils propose, a board moves prices, until they fit.

Source: Hahnel (2021), Democratic Economic Planning, Routledge, ch. 9; Albert and Hahnel (1991), The
Political Economy of Participatory Economics.
"""
