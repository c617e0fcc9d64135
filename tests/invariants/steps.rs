//! What a random life is made of.

use coverage_math::DAY;
use harness::UNIT;
use proptest::prelude::*;

/// Products of the pool.
pub const PRODUCTS: u16 = 3;

/// One thing somebody tries.
#[derive(Clone, Debug)]
pub enum Step {
    Wait {
        seconds: u64,
    },
    Deposit {
        who: usize,
        amount: u64,
    },
    Donate {
        amount: u64,
    },
    Stake {
        who: usize,
        amount: u64,
    },
    Buy {
        who: usize,
        product: u16,
        amount: u64,
        term_days: u16,
    },
    Open {
        product: u16,
        ago: u64,
    },
    Claim {
        policy: usize,
        incident: usize,
        loss_bps: u64,
    },
    Vote {
        who: usize,
        incident: usize,
        side: u8,
    },
    Close {
        incident: usize,
    },
    Settle {
        incident: usize,
    },
    Pay {
        policy: usize,
        incident: usize,
    },
    Bond {
        incident: usize,
    },
    /// `bps` of what the LP holds; of the ends of that range, few shares and any number of them.
    RequestExit {
        who: usize,
        bps: u64,
        other: u64,
    },
    /// The first epoch that waits, or any.
    SettleExits {
        any: Option<usize>,
    },
    CollectExit {
        ticket: usize,
    },
    CloseEpoch {
        epoch: usize,
    },
    Absorb,
    Extend {
        who: usize,
        policy: usize,
        days: u16,
    },
    Cancel {
        policy: usize,
    },
    Transfer {
        policy: usize,
        to: usize,
    },
    ClosePolicy {
        policy: usize,
    },
    /// Asks for a price and buys at once.
    Quote {
        who: usize,
        product: u16,
        amount: u64,
        term_days: u16,
    },
    Roll {
        product: u16,
    },
    /// Whoever is covered claims, the jury votes on an open incident, time passes until its end, the claims are paid.
    Resolve {
        incident: usize,
        side: u8,
    },
}

impl Step {
    /// Whether it is about more than any token has, so that it may overflow.
    pub fn is_absurd(&self) -> bool {
        match *self {
            Self::Buy { amount, .. } | Self::Quote { amount, .. } => amount > 1 << 60,
            Self::RequestExit { other, .. } => other > 1 << 60,
            _ => false,
        }
    }
}

/// Any step; amounts from one atom to more than there is.
pub fn step() -> impl Strategy<Value = Step> {
    let amount = || prop_oneof![1 => 0..10u64, 1 => 0..UNIT, 8 => 0..300_000 * UNIT, 1 => any::<u64>()];
    let seconds = prop_oneof![4 => 1..120u64, 4 => 1..DAY, 4 => DAY..10 * DAY, 1 => 20 * DAY..400 * DAY];
    let (who, pick) = (0..12usize, 0..40usize);
    prop_oneof![
        6 => seconds.prop_map(|seconds| Step::Wait { seconds }),
        4 => (who.clone(), amount()).prop_map(|(who, amount)| Step::Deposit { who, amount }),
        1 => (0..1_000 * UNIT).prop_map(|amount| Step::Donate { amount }),
        1 => (who.clone(), 1..1_000 * UNIT).prop_map(|(who, amount)| Step::Stake { who, amount }),
        8 => (who.clone(), 0..PRODUCTS + 1, amount(), 0..400u16)
            .prop_map(|(who, product, amount, term_days)| Step::Buy { who, product, amount, term_days }),
        5 => (0..PRODUCTS, prop_oneof![4 => 0..DAY, 1 => 0..40 * DAY]).prop_map(|(product, ago)| Step::Open { product, ago }),
        10 => (pick.clone(), pick.clone(), 0..12_000u64)
            .prop_map(|(policy, incident, loss_bps)| Step::Claim { policy, incident, loss_bps }),
        4 => (pick.clone(), prop_oneof![3 => Just(1u8), 1 => 0..3u8])
            .prop_map(|(incident, side)| Step::Resolve { incident, side }),
        3 => (who, pick.clone(), 0..3u8).prop_map(|(who, incident, side)| Step::Vote { who, incident, side }),
        3 => pick.clone().prop_map(|incident| Step::Close { incident }),
        3 => pick.clone().prop_map(|incident| Step::Settle { incident }),
        5 => (pick.clone(), pick.clone()).prop_map(|(policy, incident)| Step::Pay { policy, incident }),
        1 => pick.clone().prop_map(|incident| Step::Bond { incident }),
        40 => more(),
    ]
}

/// The steps of those who leave, change their cover, and keep the books.
fn more() -> impl Strategy<Value = Step> {
    let amount = || prop_oneof![1 => 0..UNIT, 8 => 0..300_000 * UNIT, 1 => any::<u64>()];
    let (who, pick) = (|| 0..12usize, || 0..40usize);
    prop_oneof![
        6 => (who(), 0..12_000u64, any::<u64>()).prop_map(|(who, bps, other)| Step::RequestExit { who, bps, other }),
        8 => prop_oneof![7 => Just(None), 1 => pick().prop_map(Some)].prop_map(|any| Step::SettleExits { any }),
        6 => pick().prop_map(|ticket| Step::CollectExit { ticket }),
        3 => pick().prop_map(|epoch| Step::CloseEpoch { epoch }),
        1 => Just(Step::Absorb),
        4 => (who(), pick(), prop_oneof![5 => 0..200u16, 1 => any::<u16>()])
            .prop_map(|(who, policy, days)| Step::Extend { who, policy, days }),
        2 => pick().prop_map(|policy| Step::Cancel { policy }),
        2 => (pick(), who()).prop_map(|(policy, to)| Step::Transfer { policy, to }),
        3 => pick().prop_map(|policy| Step::ClosePolicy { policy }),
        4 => (who(), 0..PRODUCTS, amount(), 0..400u16)
            .prop_map(|(who, product, amount, term_days)| Step::Quote { who, product, amount, term_days }),
        1 => (0..PRODUCTS).prop_map(|product| Step::Roll { product }),
    ]
}
