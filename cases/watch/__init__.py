"""期限巡查: the sweep over the clocks, and the notices of the rungs they reach."""
