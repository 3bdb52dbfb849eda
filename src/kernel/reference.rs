//! The slow evaluator, one run at a time, plainly: the judge of every fast one.
