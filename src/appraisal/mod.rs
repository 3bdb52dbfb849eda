//! Ledgers, discounting, payback, net present value, cost per QALY, budget impact.
