"""Collective farms as rows: who is in them, what they sow, deliver and pay by the labour day."""
