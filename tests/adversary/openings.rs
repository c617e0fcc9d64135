//! Where a search begins: short plans in the manner of attacks that people have found, without their numbers.

use crate::plan::{Anchor as A, Loss, Move, Verb as V, When, Wish};

/// The names of the openings, and their moves.
#[must_use]
pub fn all() -> Vec<(&'static str, Vec<Move>)> {
    let once = Move::once;
    let spam = |anchor, seconds, verb, again| Move { at: (anchor, seconds), verb, again };
    vec![
        (
            "flash",
            vec![
                once(A::Start, 0, V::Deposit { pool: 0, part: 10_000 }),
                once(A::Last, 0, V::Exit { pool: 0, part: 10_000 }),
            ],
        ),
        (
            "season",
            vec![
                once(A::Start, 0, V::Deposit { pool: 0, part: 9_000 }),
                once(A::Last, 86_400, V::Buy { product: 0, who: 0, part: 10_000, days: 30 }),
            ],
        ),
        (
            "season's end",
            vec![
                once(A::Start, 0, V::Deposit { pool: 0, part: 9_000 }),
                once(A::Last, 0, V::Buy { product: 1, who: 0, part: 10_000, days: 30 }),
                once(A::Last, 0, V::Exit { pool: 0, part: 10_000 }),
            ],
        ),
        ("last second", vec![once(A::Pivot, 1, V::Exit { pool: 0, part: 10_000 })]),
        (
            "before midnight",
            vec![
                once(A::Pivot, 0, V::Crank),
                once(A::Midnight, -1, V::Exit { pool: 0, part: 10_000 }),
                spam(A::Last, 1, V::PayFirst { pool: 0 }, (3, 43_200)),
            ],
        ),
        (
            "first",
            vec![
                once(A::Pivot, 1, V::Exit { pool: 0, part: 10_000 }),
                spam(A::ExitDue, 0, V::PayFirst { pool: 0 }, (3, 86_400)),
            ],
        ),
        (
            "own first",
            vec![
                once(A::Pivot, 1, V::Exit { pool: 0, part: 10_000 }),
                spam(A::ExitDue, 0, V::PayOwn { pool: 0 }, (20, 86_400)),
                spam(A::Release, 0, V::PayOwn { pool: 0 }, (5, 86_400)),
            ],
        ),
        ("a day", vec![once(A::Start, 0, V::Buy { product: 0, who: 0, part: 10_000, days: 1 })]),
        (
            "again and again",
            vec![spam(A::Start, 0, V::Buy { product: 0, who: 0, part: 10_000, days: 1 }, (12, 33 * 86_400))],
        ),
        (
            "back at once",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 10_000, days: 30 }),
                once(A::Last, 0, V::Cancel { policy: 0 }),
            ],
        ),
        ("a long cover", vec![once(A::Start, 0, V::Buy { product: 0, who: 0, part: 10_000, days: 365 })]),
        (
            "cover, then cancel",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 5_000, days: 365 }),
                once(A::Pivot, 1, V::Cancel { policy: 0 }),
            ],
        ),
        (
            "claim, then cancel",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 5_000, days: 365 }),
                once(A::Report, 3_600, V::Claim { policy: 0, loss: Loss::ButAnAtom }),
                once(A::Settled, 10, V::Payout),
                once(A::Settled, 86_400, V::Cancel { policy: 0 }),
            ],
        ),
        (
            "a false report",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 5_000, days: 30 }),
                once(A::Last, 2 * 86_400, V::Report { product: 0, when: When::Now }),
                once(A::Last, 10, V::Claim { policy: 0, loss: Loss::All }),
                once(A::Last, 10, V::Vote { truth: false }),
            ],
        ),
        (
            "too much",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 5_000, days: 30 }),
                once(A::Report, 10, V::Claim { policy: 0, loss: Loss::All }),
            ],
        ),
        (
            "a dispute of one's own",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 5_000, days: 30 }),
                once(A::Report, 10, V::Claim { policy: 0, loss: Loss::All }),
                once(A::Verdict, 1, V::Dispute { own: true }),
                once(A::Last, 10, V::VoteAt { level: 16 }),
            ],
        ),
        (
            "a dispute of another's",
            vec![once(A::Verdict, 86_399, V::Dispute { own: false }), once(A::Last, 10, V::VoteAt { level: 0 })],
        ),
        (
            "a dispute at once",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 5_000, days: 30 }),
                once(A::Report, 10, V::Claim { policy: 0, loss: Loss::All }),
                once(A::Last, 0, V::Dispute { own: true }),
            ],
        ),
        (
            "paid first",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 5_000, days: 30 }),
                once(A::Report, 10, V::Claim { policy: 0, loss: Loss::True }),
                spam(A::Verdict, 86_400, V::Payout, (5, 43_200)),
            ],
        ),
        (
            "dear disputes",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 10, days: 30 }),
                spam(A::Report, 10, V::Report { product: 0, when: When::Now }, (2, 60)),
                once(A::Last, 3_600, V::Claim { policy: 0, loss: Loss::All }),
            ],
        ),
        (
            "one's own judge",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 5_000, days: 30 }),
                once(A::Last, 2 * 86_400, V::Report { product: 0, when: When::Now }),
                once(A::Last, 10, V::Claim { policy: 0, loss: Loss::All }),
                once(A::Last, 10, V::Vote { truth: false }),
                once(A::Last, 0, V::VoteByDelegate { truth: false }),
                spam(A::Last, 3_600, V::Arbitrate { truth: false }, (20, 43_200)),
            ],
        ),
        (
            "before it comes back",
            vec![
                once(A::Recovery, -10, V::Deposit { pool: 0, part: 10_000 }),
                once(A::Recovery, 1, V::Exit { pool: 0, part: 10_000 }),
            ],
        ),
        (
            "for a week",
            vec![
                once(A::Recovery, -3_600, V::Deposit { pool: 0, part: 10_000 }),
                once(A::Recovery, 6 * 86_400, V::Exit { pool: 0, part: 10_000 }),
            ],
        ),
        (
            "rug",
            vec![
                once(A::Start, 0, V::ListGreedy { pool: 0 }),
                once(A::Start, 0, V::Propose { pool: 0, wish: Wish::List }),
                once(A::Start, 0, V::Propose { pool: 0, wish: Wish::Leverage(50_000) }),
                once(A::ChangeDue, 0, V::Apply),
                once(A::ChangeDue, 1, V::Buy { product: 3, who: 1, part: 10_000, days: 1 }),
                once(A::ChangeDue, 2, V::Draw { policy: 0, part: 10_000 }),
            ],
        ),
        (
            "keep them",
            vec![
                once(A::Start, 0, V::Buy { product: 0, who: 0, part: 10_000, days: 1 }),
                once(A::Start, 0, V::Propose { pool: 0, wish: Wish::Weight(1) }),
            ],
        ),
        (
            "keep oneself in",
            vec![
                once(A::Start, 0, V::Buy { product: 1, who: 0, part: 10_000, days: 365 }),
                once(A::Start, 20, V::Exit { pool: 0, part: 10_000 }),
            ],
        ),
        (
            "squeeze",
            vec![
                once(A::Pivot, 1, V::Propose { pool: 0, wish: Wish::Leverage(10_000) }),
                once(A::ChangeDue, 0, V::Apply),
            ],
        ),
        (
            "cheaper",
            vec![
                once(A::Start, 0, V::Propose { pool: 0, wish: Wish::Free }),
                once(A::ChangeDue, 0, V::Apply),
                once(A::Last, 0, V::Buy { product: 0, who: 0, part: 10_000, days: 365 }),
            ],
        ),
        (
            "alone",
            vec![
                once(A::Start, 0, V::Propose { pool: 0, wish: Wish::CancelFee(0) }),
                once(A::Start, 86_400, V::Deposit { pool: 0, part: 10_000 }),
            ],
        ),
        ("spam", vec![spam(A::Pivot, 1, V::Report { product: 0, when: When::Now }, (6, 86_400))]),
        ("one after the other", vec![spam(A::Pivot, 1, V::Report { product: 0, when: When::Now }, (11, 10 * 86_400))]),
        (
            "a gift",
            vec![once(A::Start, 0, V::Donate { pool: 0, part: 5_000 }), once(A::Last, 0, V::Absorb { pool: 0 })],
        ),
    ]
}
