use crate::{
    AppealBond, BallotStanding, BallotState, BondState, ChangeStanding, ChangeState, ClaimState, IncidentState,
    Observation, PolicyStanding, ProductStatus, ProposalKind, Risk, RiskKind, Round, Side, Trigger,
};

/// A variant of an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The byte that stands for it.
    pub byte: u8,
    /// Its name, in words.
    pub word: &'static str,
}

/// An enum as clients in other languages know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enumeration {
    /// Its name.
    pub name: &'static str,
    /// What it tells.
    pub doc: &'static str,
    /// Its variants, in the order of their bytes.
    pub variants: &'static [Variant],
}

/// All of them, by their names.
pub const ENUMS: &[Enumeration] = &[
    AppealBond::TABLE,
    BallotStanding::TABLE,
    BallotState::TABLE,
    BondState::TABLE,
    ChangeStanding::TABLE,
    ChangeState::TABLE,
    ClaimState::TABLE,
    IncidentState::TABLE,
    Observation::TABLE,
    PolicyStanding::TABLE,
    ProductStatus::TABLE,
    ProposalKind::TABLE,
    Risk::TABLE,
    RiskKind::TABLE,
    Round::TABLE,
    Side::TABLE,
    Trigger::TABLE,
];
