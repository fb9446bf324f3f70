"""Harmony: the plan in which no want is far behind the others.

Source: Cockshott (1990), Application of artificial intelligence techniques to economic planning,
Future Computing Systems 2, 429-443; Cockshott and Cottrell (1993), Towards a New Socialism, ch. 6.
"""
