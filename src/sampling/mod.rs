//! Distributions and their quantiles, designs, keyed random streams.
