"""Plans that can be amended: what a change costs, who pays, which changes fit together."""
