//! Streams that are stopped or shortened: no atom is lost or earned twice.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used)]

use coverage_math::{
    DAY, RING_DAYS, day_of,
    stream::{Flow, RATE_BITS, Ring},
};
use proptest::{collection::vec, prelude::*};

#[derive(Clone, Debug)]
enum Step {
    Wait(u64),
    Start { amount: u64, days: u64 },
    Stop(usize),
    Shorten { pick: usize, to: u64 },
}

/// Amounts of which forty together stay within the rate of 64 bits, even when they end within the second.
fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1..5 * DAY).prop_map(Step::Wait),
        3 => (prop_oneof![0..1_000u64, 0..1u64 << 32], 1..500u64).prop_map(|(amount, days)| Step::Start { amount, days }),
        2 => any::<usize>().prop_map(Step::Stop),
        2 => (any::<usize>(), 1..500u64).prop_map(|(pick, to)| Step::Shorten { pick, to }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn started_is_earned_or_forgone_to_the_atom(steps in vec(step(), 1..40)) {
        let (mut rates, mut covers): (Ring, Ring) = ([0; RING_DAYS], [0; RING_DAYS]);
        let mut flow = Flow { accrued_at: 20_000 * DAY + 7_777, rate: 0, fraction: 0, active: 0 };
        let mut streams: Vec<(u64, u64)> = vec![];
        let (mut started, mut earned, mut forgone) = (0u128, 0u128, 0u128);
        for step in steps {
            let today = day_of(flow.accrued_at);
            streams.retain(|(_, end)| *end > today);
            match step {
                Step::Wait(seconds) => {
                    let now = flow.accrued_at + seconds;
                    earned += u128::from(flow.advance(now, &mut rates, &mut covers).unwrap());
                }
                Step::Start { amount, days } => {
                    let stream = flow.start(amount, today + days, &mut rates).unwrap();
                    streams.push((stream.rate, today + days));
                    started += u128::from(amount);
                }
                Step::Stop(pick) if !streams.is_empty() => {
                    let (rate, end) = streams.remove(pick % streams.len());
                    forgone += u128::from(flow.stop(rate, end, &mut rates).unwrap());
                }
                Step::Shorten { pick, to } if !streams.is_empty() => {
                    let pick = pick % streams.len();
                    let (rate, end) = streams[pick];
                    let to = today + to;
                    let found = { flow }.shorten(rate, end, to, &mut rates.clone());
                    prop_assert_eq!(found.is_some(), to < end);
                    if let Some(atoms) = found {
                        prop_assert_eq!(flow.shorten(rate, end, to, &mut rates), Some(atoms));
                        prop_assert!(u128::from(atoms) << RATE_BITS <= u128::from(rate) * u128::from((end - to) * DAY));
                        streams[pick].1 = to;
                        forgone += u128::from(atoms);
                    }
                }
                _ => {}
            }
        }
        earned += u128::from(flow.advance(flow.accrued_at + 512 * DAY, &mut rates, &mut covers).unwrap());
        prop_assert_eq!((flow.rate, flow.fraction), (0, 0));
        prop_assert_eq!(started, earned + forgone);
    }
}
