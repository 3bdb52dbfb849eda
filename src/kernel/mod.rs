//! The structure as straight-line arithmetic over lanes; integrators; the slow reference evaluator.
