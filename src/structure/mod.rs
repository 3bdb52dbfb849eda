//! Who depends on whom: names bound, subscripts spread, units checked, order found.
