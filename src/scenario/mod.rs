//! What is varied and compared: levers, uncertainties, strategies, place, horizon, seed.
