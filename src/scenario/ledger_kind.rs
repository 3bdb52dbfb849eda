//! What a ledger holds, which decides what is told of it and against what.

/// What a ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerKind {
    /// Cost of services.
    Cost,
    /// Money that somebody offers for prevention.
    Source,
    /// Spending on prevention.
    Spend,
    /// Money that was meant for prevention and could not be spent.
    Underspend,
    /// Cash released.
    CashReleased,
    /// Capacity released, valued at its real resource cost.
    CapacityReleased,
    /// Activity avoided, at average cost. It enters no perspective.
    ActivityAvoided,
    /// QALYs gained or lost.
    Qalys,
    /// QALYs displaced by the financing.
    DisplacedQalys,
    /// Money that other care does not have because of the financing, less what savings give back.
    DisplacingMoney,
    /// What is still to come after the horizon, of health or money, discounted to the end of the year.
    ToCome,
    /// Debt and its service.
    Debt,
    /// Money taken from prevention.
    Raid,
    /// What stands in each run by itself: nothing is told of it against another run.
    Level,
    /// Anything else.
    Other,
}

impl LedgerKind {
    /// Each with its words in accounts.
    pub(super) const WORDS: [(&'static str, Self); 15] = [
        ("cost", Self::Cost),
        ("source", Self::Source),
        ("spend", Self::Spend),
        ("underspend", Self::Underspend),
        ("cash released", Self::CashReleased),
        ("capacity released", Self::CapacityReleased),
        ("activity avoided", Self::ActivityAvoided),
        ("qalys", Self::Qalys),
        ("displaced qalys", Self::DisplacedQalys),
        ("displacing money", Self::DisplacingMoney),
        ("to come", Self::ToCome),
        ("debt", Self::Debt),
        ("raid", Self::Raid),
        ("level", Self::Level),
        ("other", Self::Other),
    ];
}
