//! Every table behind every picture of every shipped scenario, against the tidy tables, by key.
