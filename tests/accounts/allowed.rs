//! What may succeed though an account is another one, and why that harms nobody.

/// What a success must not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nobody has less than after the good call, nothing else is different, and the substitute only gains.
    NobodyLoses,
    /// Whoever signs may choose it, or anyone may: it is a good call on something else. The books are whole.
    GoodToo,
    /// No chain can hold such an account, so nothing is asked of what follows.
    Unreal,
}

/// Substitutes that may succeed.
pub struct Allowed {
    /// In these instructions, or in these variants of their good calls; in all, when there are none.
    pub instructions: &'static [&'static str],
    /// In these slots.
    pub slots: &'static [&'static str],
    /// These; every account, when there are none.
    pub substitutes: &'static [&'static str],
    /// What they must not do.
    pub effect: Effect,
    /// Why they may.
    pub why: &'static str,
}

impl Allowed {
    /// Whether it speaks of a substitute in a slot of an instruction, whose good call has this title.
    pub fn covers(&self, [instruction, title]: [&str; 2], slot: &str, substitute: &str) -> bool {
        let any = self.substitutes.is_empty() && !["unsigned", "read-only"].contains(&substitute);
        (self.instructions.is_empty() || self.instructions.contains(&instruction) || self.instructions.contains(&title))
            && self.slots.contains(&slot)
            && (any || self.substitutes.contains(&substitute))
    }
}

/// All of it. An entry that nothing needs any more fails the test, too.
pub const ALLOWED: &[Allowed] = &[
    Allowed {
        instructions: &[],
        slots: &["caller"],
        substitutes: &[],
        effect: Effect::NobodyLoses,
        why: "the tip goes wherever the caller says",
    },
    Allowed {
        instructions: &[],
        slots: &[
            "owner",
            "arbiter",
            "appellant",
            "rent_payer",
            "authority",
            "holder",
            "payer",
            "opener",
            "bond_owner",
            "challenger",
            "disputer",
            "claimant",
            "guardian",
            "treasury",
            "pending_authority",
            "proposer",
        ],
        substitutes: &["seized", "closed"],
        effect: Effect::NobodyLoses,
        why: "of a wallet only the address counts, and the signature where one is asked for",
    },
    Allowed {
        instructions: &[],
        slots: &[
            "assembly",
            "stake_vault",
            "voter",
            "record",
            "pool",
            "vault",
            "share_mint",
            "exit_escrow",
            "product",
            "ticket",
            "epoch",
            "policy",
            "incident",
            "ballot",
            "claim",
            "dispute",
            "change",
        ],
        substitutes: &["gift"],
        effect: Effect::NobodyLoses,
        why: "lamports that are sent ahead to an address do not stop its creation",
    },
    Allowed {
        instructions: &[],
        slots: &[
            "pool",
            "assembly",
            "product",
            "policy",
            "ballot",
            "voter",
            "record",
            "incident",
            "claim",
            "dispute",
            "epoch",
            "next_epoch",
            "ticket",
            "change",
        ],
        substitutes: &["copy"],
        effect: Effect::Unreal,
        why: "only the program writes accounts that it owns, and it creates them nowhere but at their own addresses",
    },
    Allowed {
        instructions: &[],
        slots: &["vault", "asset_mint", "governance_mint", "receiver"],
        substitutes: &["seized"],
        effect: Effect::Unreal,
        why: "neither token program gives an account to the other",
    },
    Allowed {
        instructions: &[
            "stake (the voter exists)",
            "request_exit (the epoch exists)",
            "dispute_claim (the ballot exists)",
        ],
        slots: &["voter", "epoch", "ballot"],
        substitutes: &["closed"],
        effect: Effect::Unreal,
        why: "no voter is ever closed, no epoch with tickets, and no ballot on what it has not yet decided",
    },
    Allowed {
        instructions: &["request_exit", "submit_claim", "redirect_claim", "claim_breach (elsewhere)"],
        slots: &["receiver"],
        substitutes: &["foreign copy"],
        effect: Effect::Unreal,
        why: "Token-2022 opens no account of a mint of the other token program",
    },
    Allowed {
        instructions: &[],
        slots: &[
            "owner_token",
            "owner_shares",
            "payer_token",
            "appellant_token",
            "opener_token",
            "disputer_token",
            "challenger_token",
            "holder_token",
        ],
        substitutes: &["copy"],
        effect: Effect::GoodToo,
        why: "it is another token account of the signer's",
    },
    Allowed {
        instructions: &["settle_exit_epoch (in full)"],
        slots: &["next_epoch"],
        substitutes: &["ExitEpoch"],
        effect: Effect::NobodyLoses,
        why: "it is an epoch of the pool, and nothing is left over for it",
    },
    Allowed {
        instructions: &["unstake", "cancel_cover", "request_exit", "submit_claim", "redirect_claim"],
        slots: &["owner_token", "holder_token", "receiver"],
        substitutes: &["other user", "mallory's tokens", "copy", "=holder_token"],
        effect: Effect::GoodToo,
        why: "whoever is to be paid signs, and says where to",
    },
    Allowed {
        instructions: &[
            "collect_exit (elsewhere)",
            "collect_incident_bond (elsewhere)",
            "collect_appeal_bond (elsewhere)",
            "collect_dispute_bond (elsewhere)",
            "collect_vote_reward (elsewhere)",
            "claim_breach (elsewhere)",
            "draw (elsewhere)",
            "collect_fees (elsewhere)",
            "collect_change_bond (elsewhere)",
        ],
        slots: &["receiver"],
        substitutes: &["mallory's tokens", "copy"],
        effect: Effect::GoodToo,
        why: "whoever is to be paid signs here as well",
    },
    Allowed {
        instructions: &["collect_vote_reward (overturned)"],
        slots: &["receiver", "asset_mint"],
        substitutes: &[],
        effect: Effect::NobodyLoses,
        why: "nothing is due, so nothing is paid",
    },
    Allowed {
        instructions: &["buy_cover", "extend_cover"],
        slots: &["distributor_token"],
        substitutes: &["mallory's tokens", "copy"],
        effect: Effect::GoodToo,
        why: "the payer says who gets the commission",
    },
    Allowed {
        instructions: &["list_product", "propose_change", "open_exit_epoch", "submit_claim", "claim_breach"],
        slots: &["payer"],
        substitutes: &["stranger", "=authority", "=holder"],
        effect: Effect::GoodToo,
        why: "anyone who signs may pay the rent",
    },
    Allowed {
        instructions: &["create_pool"],
        slots: &["assembly", "asset_mint"],
        substitutes: &["other pool", "mallory's mint", "copy"],
        effect: Effect::GoodToo,
        why: "anyone may create a pool of any mint, under any assembly",
    },
    Allowed {
        instructions: &["close_ballot", "close_incident", "close_change"],
        slots: &["ballot", "incident", "change"],
        substitutes: &["other product", "other pool"],
        effect: Effect::GoodToo,
        why: "anyone may close each of them; no slot says which pool is meant",
    },
    Allowed {
        instructions: &["roll_product", "quote_cover"],
        slots: &["product"],
        substitutes: &["other product"],
        effect: Effect::GoodToo,
        why: "anyone may, for any product of the pool",
    },
    Allowed {
        instructions: &["observe_price", "refute_breach"],
        slots: &["product"],
        substitutes: &["other product", "other pool"],
        effect: Effect::GoodToo,
        why: "anyone may, for any product of the price's feed",
    },
    Allowed {
        instructions: &["observe_price", "refute_breach", "refute_incident"],
        slots: &["price_update"],
        substitutes: &["copy"],
        effect: Effect::GoodToo,
        why: "the receiver program writes it, at whatever address; what it says decides",
    },
    Allowed {
        instructions: &["open_price_incident"],
        slots: &["opener"],
        substitutes: &["stranger"],
        effect: Effect::GoodToo,
        why: "anyone who signs may open it",
    },
    Allowed {
        instructions: &["claim_breach"],
        slots: &["asset_mint"],
        substitutes: &["zeroed", "emptied", "closed"],
        effect: Effect::Unreal,
        why: "no token is moved, so only the address counts; and the mint of a pool is never closed",
    },
    Allowed {
        instructions: &["collect_incident_bond", "collect_appeal_bond", "collect_change_bond", "reclaim_ballot"],
        slots: &["incident", "ballot", "change"],
        substitutes: &["other product"],
        effect: Effect::GoodToo,
        why: "the other one is due to the same person, by the same pool, and anyone may collect it",
    },
    Allowed {
        instructions: &["collect_vote_reward"],
        slots: &["record"],
        substitutes: &["first round"],
        effect: Effect::GoodToo,
        why: "it is another vote of the same voter in the same ballot, and anyone may release it",
    },
    Allowed {
        instructions: &["close_claim"],
        slots: &["claim"],
        substitutes: &["other user"],
        effect: Effect::GoodToo,
        why: "it is another claim of the incident whose rent the same person paid, and anyone may close it",
    },
    Allowed {
        instructions: &["appeal", "arbitrate", "recover", "extend_cover", "transfer_cover"],
        slots: &["ballot", "incident", "policy"],
        substitutes: &["other user", "other product", "other pool"],
        effect: Effect::GoodToo,
        why: "whoever signs may do it to the other one as well, and pays for it",
    },
    Allowed {
        instructions: &["propose_change", "petition_change"],
        slots: &["product"],
        substitutes: &["other product"],
        effect: Effect::GoodToo,
        why: "whoever signs says what is to be changed; it is decided on and waits like any other change",
    },
    Allowed {
        instructions: &["apply_change"],
        slots: &["change"],
        substitutes: &["other user", "other change"],
        effect: Effect::GoodToo,
        why: "it is another change of the same product that has waited long enough, and anyone may apply it",
    },
    Allowed {
        instructions: &["withdraw_change"],
        slots: &["change"],
        substitutes: &["other product"],
        effect: Effect::GoodToo,
        why: "whoever signs may take back the other one as well",
    },
];

/// Mixtures of two good calls that may succeed, as [`crate::mixes`] prints them, and why.
pub const MIXTURES: &[(&str, &str)] = &[
    ("unstake, other user: owner + voter", "the other one signs, and is paid to whom it says"),
    ("request_exit, other user: owner + ticket + owner_shares", "the other one signs, and is paid to whom it says"),
    ("extend_cover, other user: payer + payer_token", "anyone may pay"),
    ("extend_cover (without a commission), other user: payer + payer_token", "anyone may pay"),
    ("cancel_cover, other user: holder + policy", "the other one signs, and is paid to whom it says"),
    (
        "submit_claim, other user: holder + policy + claim + holder_token",
        "the other one signs, and is paid to whom it says",
    ),
    ("redirect_claim, other user: claimant + claim", "the other one signs, and is paid to whom it says"),
    (
        "collect_vote_reward (overturned), other user: record + voter + owner + rent_payer",
        "nothing is due, so nothing is paid",
    ),
];
