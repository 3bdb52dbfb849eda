//! Programme cards and place baselines: value, range, distribution, price year, grade, source.
