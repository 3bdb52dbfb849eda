//! What the modeller drew: stocks, flows, auxiliaries, lookups, subscripts, equations, units.
