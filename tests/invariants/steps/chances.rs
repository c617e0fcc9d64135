//! How likely each step is, and with what numbers.

use super::{Limit, Quote, Second, Sight, Size, Step, Turn, Wish};
use crate::play::{BACKSTOP, PEG, VENUE};
use coverage_client::ProposalKind as Kind;
use coverage_model::DAY;
use harness::UNIT;
use proptest::prelude::*;

fn size() -> impl Strategy<Value = Size> {
    prop_oneof![
        1 => (0..3u64).prop_map(Size::Atoms),
        1 => (0..UNIT).prop_map(Size::Atoms),
        1 => prop_oneof![Just(u64::MAX), Just(u64::MAX - 1), Just(1 << 60), proptest::num::u64::ANY].prop_map(Size::Atoms),
        8 => (0..300_000 * UNIT).prop_map(Size::Atoms),
        6 => (0..10_000u64).prop_map(Size::Part),
        3 => (-1..=1i8).prop_map(Size::Edge),
    ]
}

/// Mostly a part of all.
fn part() -> impl Strategy<Value = Size> {
    prop_oneof![6 => (0..10_000u64).prop_map(Size::Part), 3 => (-1..=1i8).prop_map(Size::Edge), 2 => size()]
}

fn limit() -> impl Strategy<Value = Limit> {
    prop_oneof![8 => Just(Limit::Free), 1 => Just(Limit::Exact), 1 => Just(Limit::Beyond)]
}

/// Mostly nobody else than who may.
fn stranger() -> impl Strategy<Value = Option<usize>> {
    prop_oneof![9 => Just(None), 1 => (0..12usize).prop_map(Some)]
}

/// Mostly somebody, sometimes the zero address.
fn person() -> impl Strategy<Value = Option<usize>> {
    prop_oneof![1 => Just(None), 29 => (0..12usize).prop_map(Some)]
}

fn commission() -> impl Strategy<Value = u16> {
    prop_oneof![10 => Just(0u16), 6 => 1..=2_000u16, 1 => prop_oneof![Just(2_001u16), Just(u16::MAX)]]
}

/// Levels of a ballot, and one that is none.
fn level() -> impl Strategy<Value = u8> {
    prop_oneof![4 => Just(0u8), 4 => Just(16u8), 8 => 0..=17u8]
}

fn term() -> impl Strategy<Value = u16> {
    prop_oneof![6 => 1..=30u16, 8 => 1..=365u16, 1 => prop_oneof![Just(0u16), Just(366u16), Just(u16::MAX)]]
}

/// Any step.
pub fn any() -> impl Strategy<Value = Step> {
    prop_oneof![
        13 => time(),
        32 => liquidity(),
        38 => cover(),
        40 => incidents(),
        20 => court(),
        20 => triggers(),
        5 => change(),
        3 => endings(),
    ]
}

/// What ends something, if nobody needs it any more.
fn endings() -> impl Strategy<Value = Step> {
    let (pool, who, pick) = (|| 0..2usize, || 0..12usize, || 0..40usize);
    prop_oneof![
        2 => pick().prop_map(|product| Step::CloseProduct { product, by_authority: false }),
        2 => pick().prop_map(|retired| Step::CloseRetired { retired }),
        4 => who().prop_map(|who| Step::CloseVoter { who }),
        4 => (pool(), stranger()).prop_map(|(pool, by)| Step::ClosePool { pool, by }),
        1 => stranger().prop_map(|by| Step::CloseAssembly { by }),
    ]
}

fn time() -> impl Strategy<Value = Step> {
    let seconds = prop_oneof![4 => 1..120u64, 4 => 1..DAY, 6 => DAY..10 * DAY, 1 => 20 * DAY..100 * DAY];
    prop_oneof![
        8 => seconds.prop_map(|seconds| Step::Wait { seconds }),
        4 => (0..6usize, -1..=1i8).prop_map(|(deadline, off)| Step::Until { deadline, off }),
        1 => prop_oneof![9 => Just(Step::Wait { seconds: 1 }), 1 => Just(Step::Idle)],
    ]
}

/// What LPs do, and those who look after the books.
fn liquidity() -> impl Strategy<Value = Step> {
    let (pool, who, pick) = (|| 0..2usize, || 0..12usize, || 0..40usize);
    let off = prop_oneof![12 => Just(0i8), 1 => Just(-1i8), 1 => Just(1i8)];
    let any = || prop_oneof![7 => Just(None), 1 => pick().prop_map(Some)];
    prop_oneof![
        8 => deposit(),
        1 => withdraw(),
        1 => (pool(), who(), size()).prop_map(|(pool, who, size)| Step::Burn { pool, who, size }),
        1 => (pool(), 0..1_000 * UNIT).prop_map(|(pool, amount)| Step::Donate { pool, amount }),
        2 => pool().prop_map(|pool| Step::Absorb { pool }),
        8 => (pool(), who(), part(), off)
            .prop_map(|(pool, who, size, off)| Step::RequestExit { pool, who, size, off }),
        8 => (pool(), any()).prop_map(|(pool, any)| Step::PayExits { pool, any }),
        3 => (pool(), any()).prop_map(|(pool, any)| Step::CallExits { pool, any }),
        5 => (pick(), pick()).prop_map(|(incident, epoch)| Step::Release { incident, epoch }),
        7 => pick().prop_map(|ticket| Step::CollectExit { ticket }),
        3 => pick().prop_map(|epoch| Step::CloseEpoch { epoch }),
        1 => pool().prop_map(|pool| Step::OpenPool { pool }),
        1 => pool().prop_map(|pool| Step::Retire { pool }),
        1 => (pick(), who(), part()).prop_map(|(retired, who, size)| Step::Redeem { retired, who, size }),
    ]
}

fn deposit() -> impl Strategy<Value = Step> {
    let sight = prop_oneof![
        14 => Just(Sight::Clear),
        1 => Just(Sight::OldTerms),
        1 => Just(Sight::Liens),
        2 => Just(Sight::FewerLiens),
    ];
    (0..2usize, 0..12usize, size(), limit(), sight).prop_map(|(pool, who, size, limit, sight)| Step::Deposit {
        pool,
        who,
        size,
        limit,
        sight,
    })
}

fn withdraw() -> impl Strategy<Value = Step> {
    (0..2usize, 0..12usize, part(), limit()).prop_map(|(pool, who, size, limit)| Step::Withdraw {
        pool,
        who,
        size,
        limit,
    })
}

/// Pools that are about to open: who comes and goes, and who buys too early.
pub fn openings() -> impl Strategy<Value = Step> {
    let sale = (0..40usize, 0..12usize, size()).prop_map(|(product, who, size)| {
        let (holder, term_days, commission_bps, limit) = (Some(who), 30, 0, Limit::Free);
        Step::Buy { product, who, holder, size, term_days, commission_bps, limit }
    });
    prop_oneof![
        8 => deposit(),
        8 => withdraw(),
        2 => (0..2usize).prop_map(|pool| Step::OpenPool { pool }),
        2 => sale,
        1 => (0..40usize).prop_map(|product| Step::Quote { product, size: Size::Atoms(UNIT), term_days: 30 }),
        4 => liquidity(),
        2 => (1..2 * DAY).prop_map(|seconds| Step::Wait { seconds }),
        3 => (0..6usize, -1..=1i8).prop_map(|(deadline, off)| Step::Until { deadline, off }),
    ]
}

/// Leaving: who asks, who pays and who calls, by the day and by the second, beside incidents that come and go.
pub fn exits() -> impl Strategy<Value = Step> {
    let (pool, who, pick) = (|| 0..2usize, || 0..12usize, || 0..40usize);
    let sale = (pick(), who(), size(), 1..60u16).prop_map(|(product, who, size, term_days)| {
        let (holder, commission_bps, limit) = (Some(who), 0, Limit::Free);
        Step::Buy { product, who, holder, size, term_days, commission_bps, limit }
    });
    prop_oneof![
        40 => liquidity(),
        10 => (pool(), who(), part())
            .prop_map(|(pool, who, size)| Step::RequestExit { pool, who, size, off: 0 }),
        14 => pool().prop_map(|pool| Step::PayExits { pool, any: None }),
        6 => pool().prop_map(|pool| Step::CallExits { pool, any: None }),
        14 => (pick(), pick()).prop_map(|(incident, epoch)| Step::Release { incident, epoch }),
        10 => (0..6usize, -1..=1i8).prop_map(|(deadline, off)| Step::Until { deadline, off }),
        6 => (1..2 * DAY).prop_map(|seconds| Step::Wait { seconds }),
        6 => sale,
        6 => (pick(), 0..DAY as i64).prop_map(|(product, ago)| Step::Open { product, ago }),
        6 => (pick(), pick(), part())
            .prop_map(|(policy, incident, size)| Step::Claim { policy, incident, by: None, payee: None, size }),
        4 => (who(), pick(), level()).prop_map(|(who, ballot, level)| Step::Vote { who, ballot, level }),
        4 => pick().prop_map(|ballot| Step::Close { ballot }),
        6 => pick().prop_map(|incident| Step::Verdict { incident }),
        9 => pick().prop_map(|incident| Step::EndFiling { incident }),
        6 => (pick(), prop_oneof![3 => Just(None), 1 => pick().prop_map(Some)])
            .prop_map(|(incident, next)| Step::Settle { incident, next }),
        2 => pick().prop_map(|claim| Step::Pay { claim }),
        2 => (pick(), 0..2u8).prop_map(|(incident, side)| Step::Resolve { incident, side }),
        3 => (0..5usize, pick()).prop_map(|(product, number)| Step::Line { product, number }),
        6 => (pool(), pick()).prop_map(|(pool, number)| Step::Flee { pool, number }),
        1 => (pool(), pick()).prop_map(|(pool, number)| Step::Ruin { pool, number }),
        1 => (0..2usize).prop_map(|pool| Step::Rush { pool }),
    ]
}

/// Mostly near what holds.
fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        8 => (8_000..=12_500u64).prop_map(Turn::Times),
        8 => (-2..=2i64).prop_map(Turn::By),
        2 => (-1..=1i8).prop_map(Turn::Least),
        3 => (-1..=1i8).prop_map(Turn::Most),
    ]
}

/// What is wished for: one of these.
fn wish(kinds: &[Kind]) -> impl Strategy<Value = Wish> + use<> {
    let kind = proptest::sample::select(kinds.to_vec());
    // The groups that have products, and what is no group.
    let group = proptest::sample::select(vec![0u8, 0, 1, 1, 2, 2, 3, 3, 5, 5, 6, 6, 15, 15, 15, 15, 16, 255]);
    let astray = prop_oneof![19 => Just(false), 1 => Just(true)];
    (kind, group, turn(), turn(), astray).prop_map(|(kind, group, value, other, astray)| Wish {
        kind,
        group,
        value,
        other,
        astray,
    })
}

/// What changes set.
const ALL: [Kind; 18] = [
    Kind::StakeFloor,
    Kind::CoverPerStake,
    Kind::MinPremium,
    Kind::VoteReward,
    Kind::AssessorsLimit,
    Kind::Timelock,
    Kind::ExitDelay,
    Kind::Season,
    Kind::Leverage,
    Kind::ProtocolFee,
    Kind::AssessorFee,
    Kind::CancelFee,
    Kind::GroupCap,
    Kind::List,
    Kind::Weight,
    Kind::Curve,
    Kind::Curve,
    Kind::Bonds,
];

/// Whom else they name.
const PEOPLE: [Kind; 6] =
    [Kind::Authority, Kind::Authority, Kind::Guardian, Kind::Arbiter, Kind::Arbiter, Kind::Treasury];

/// Who decides: an assembly with stake or one without.
const COURT: [Kind; 1] = [Kind::Court];

fn propose() -> impl Strategy<Value = Step> {
    propose_of(&ALL)
}

fn propose_of(kinds: &[Kind]) -> impl Strategy<Value = Step> + use<> {
    (0..2usize, 0..40usize, wish(kinds), stranger()).prop_map(|(pool, product, wish, by)| Step::Propose {
        pool,
        product,
        wish,
        by,
    })
}

fn petition() -> impl Strategy<Value = Step> {
    (0..2usize, 0..40usize, wish(&ALL), 0..12usize).prop_map(|(pool, product, wish, who)| Step::Petition {
        pool,
        product,
        wish,
        who,
    })
}

/// What is done about what was proposed.
fn about_changes() -> impl Strategy<Value = Step> {
    let pick = || 0..40usize;
    prop_oneof![
        10 => pick().prop_map(|change| Step::Apply { change }),
        5 => pick().prop_map(|change| Step::Mark { change }),
        1 => (pick(), stranger()).prop_map(|(change, by)| Step::WithdrawChange { change, by }),
        2 => pick().prop_map(|change| Step::CloseChange { change }),
        1 => pick().prop_map(|change| Step::Queue { change }),
        1 => pick().prop_map(|change| Step::ChangeBond { change }),
    ]
}

/// Changes, seldom enough that pools go on.
fn change() -> impl Strategy<Value = Step> {
    prop_oneof![4 => propose(), 1 => petition(), 8 => about_changes()]
}

/// Change after change, while people come, leave, buy and give back.
pub fn changes() -> impl Strategy<Value = Step> {
    let (pool, who, pick) = (|| 0..2usize, || 0..12usize, || 0..40usize);
    let sale = (pick(), who(), size(), 1..60u16).prop_map(|(product, who, size, term_days)| {
        let (holder, commission_bps, limit) = (Some(who), 0, Limit::Free);
        Step::Buy { product, who, holder, size, term_days, commission_bps, limit }
    });
    // What is seldom another: some pool has the least or the most of it.
    let often = [
        Kind::StakeFloor,
        Kind::StakeFloor,
        Kind::CoverPerStake,
        Kind::MinPremium,
        Kind::VoteReward,
        Kind::ExitDelay,
        Kind::Timelock,
        Kind::Timelock,
        Kind::Bonds,
        Kind::Bonds,
        Kind::List,
        Kind::GroupCap,
    ];
    prop_oneof![
        20 => propose(),
        3 => propose_of(&PEOPLE),
        2 => petition(),
        3 => (pool(), pick(), wish(&ALL), 0..2u8)
            .prop_map(|(pool, number, wish, side)| Step::Vouch { pool, number, wish, side }),
        2 => (pool(), pick(), wish(&PEOPLE), 0..2u8)
            .prop_map(|(pool, number, wish, side)| Step::Vouch { pool, number, wish, side }),
        2 => (pool(), pick(), wish(&PEOPLE)).prop_map(|(pool, product, wish)| Step::Carry { pool, product, wish }),
        5 => (pick(), stranger()).prop_map(|(change, by)| Step::Accept { change, by }),
        2 => propose_of(&COURT),
        1 => (pool(), pick(), wish(&COURT), 0..2u8)
            .prop_map(|(pool, number, wish, side)| Step::Vouch { pool, number, wish, side }),
        1 => (pool(), pick(), wish(&COURT)).prop_map(|(pool, product, wish)| Step::Carry { pool, product, wish }),
        8 => (pool(), pick(), wish(&often)).prop_map(|(pool, product, wish)| Step::Carry { pool, product, wish }),
        30 => about_changes(),
        10 => (0..6usize, -1..=1i8).prop_map(|(deadline, off)| Step::Until { deadline, off }),
        8 => (DAY..4 * DAY).prop_map(|seconds| Step::Wait { seconds }),
        1 => (28 * DAY..40 * DAY).prop_map(|seconds| Step::Wait { seconds }),
        6 => deposit(),
        5 => (pool(), who(), part())
            .prop_map(|(pool, who, size)| Step::RequestExit { pool, who, size, off: 0 }),
        8 => pool().prop_map(|pool| Step::Depart { pool }),
        4 => pool().prop_map(|pool| Step::PayExits { pool, any: None }),
        4 => liquidity(),
        12 => sale,
        8 => cover(),
        6 => (pick(), stranger(), limit()).prop_map(|(policy, by, limit)| Step::Cancel { policy, by, limit }),
        2 => (pick(), 0..DAY as i64).prop_map(|(product, ago)| Step::Open { product, ago }),
        2 => (pick(), 0..2u8).prop_map(|(incident, side)| Step::Resolve { incident, side }),
        1 => draw(),
        1 => (pool(), pick()).prop_map(|(pool, number)| Step::Outwait { pool, number }),
    ]
}

/// What buyers and holders do.
fn cover() -> impl Strategy<Value = Step> {
    let (who, pick) = (|| 0..12usize, || 0..40usize);
    let days = prop_oneof![8 => 0..200u16, 1 => proptest::num::u16::ANY];
    prop_oneof![
        14 => (pick(), who(), person(), size(), term(), commission(), limit()).prop_map(
            |(product, who, holder, size, term_days, commission_bps, limit)| {
                Step::Buy { product, who, holder, size, term_days, commission_bps, limit }
            },
        ),
        4 => (pick(), size(), term()).prop_map(|(product, size, term_days)| Step::Quote { product, size, term_days }),
        6 => (pick(), who(), days, commission(), limit()).prop_map(|(policy, who, days, commission_bps, limit)| {
            Step::Extend { policy, who, days, commission_bps, limit }
        }),
        5 => (pick(), stranger(), limit()).prop_map(|(policy, by, limit)| Step::Cancel { policy, by, limit }),
        4 => (pick(), stranger(), part(), limit())
            .prop_map(|(policy, by, size, limit)| Step::Reduce { policy, by, size, limit }),
        1 => (pick(), 0..2u8).prop_map(|(number, side)| Step::Regret { number, side }),
        3 => (pick(), stranger(), person()).prop_map(|(policy, by, to)| Step::Transfer { policy, by, to }),
        4 => pick().prop_map(|policy| Step::ClosePolicy { policy }),
        2 => pick().prop_map(|product| Step::Roll { product }),
    ]
}

/// What is done about disputes and votes, and with what is over.
fn court() -> impl Strategy<Value = Step> {
    let (who, pick) = (|| 0..12usize, || 0..40usize);
    prop_oneof![
        6 => (pick(), who()).prop_map(|(claim, who)| Step::Dispute { claim, who }),
        3 => pick().prop_map(|claim| Step::Decide { claim }),
        3 => pick().prop_map(|claim| Step::DisputeBond { claim }),
        1 => (pick(), stranger(), who()).prop_map(|(claim, by, to)| Step::Redirect { claim, by, to }),
        2 => (pick(), who(), part()).prop_map(|(incident, who, size)| Step::Recover { incident, who, size }),
        3 => pick().prop_map(|claim| Step::CloseClaim { claim }),
        3 => pick().prop_map(|incident| Step::CloseIncident { incident }),
        2 => (pick(), who()).prop_map(|(ballot, who)| Step::Appeal { ballot, who }),
        2 => (pick(), stranger(), level()).prop_map(|(ballot, by, level)| Step::Arbitrate { ballot, by, level }),
        2 => pick().prop_map(|ballot| Step::AppealBond { ballot }),
        8 => (pick(), pick(), 0..3u8)
            .prop_map(|(ballot, vote, pays)| Step::Reward { ballot, vote, pays: pays > 0 }),
        1 => (pick(), who()).prop_map(|(about, who)| Step::Evidence { about, who }),
        4 => pick().prop_map(|ballot| Step::Reclaim { ballot }),
        2 => (who(), part()).prop_map(|(who, size)| Step::RequestUnstake { who, size }),
        2 => (who(), stranger()).prop_map(|(who, to)| Step::Delegate { who, to }),
        2 => who().prop_map(|who| Step::Unstake { who }),
        1 => pick().prop_map(|number| Step::Thin { number }),
        1 => Just(Step::BurnSlashed),
    ]
}

/// What is done about incidents.
fn incidents() -> impl Strategy<Value = Step> {
    let (who, pick) = (|| 0..12usize, || 0..40usize);
    let ago = prop_oneof![
        8 => 0..DAY as i64,
        2 => 0..40 * DAY as i64,
        1 => prop_oneof![Just(-1), Just(i64::MIN), Just(30 * DAY as i64), Just(30 * DAY as i64 - 1)],
    ];
    prop_oneof![
        10 => (pick(), ago).prop_map(|(product, ago)| Step::Open { product, ago }),
        20 => (pick(), pick(), stranger(), person(), part())
            .prop_map(|(policy, incident, by, payee, size)| Step::Claim { policy, incident, by, payee, size }),
        10 => (pick(), prop_oneof![3 => Just(1u8), 1 => 0..3u8])
            .prop_map(|(incident, side)| Step::Resolve { incident, side }),
        8 => (who(), pick(), level()).prop_map(|(who, ballot, level)| Step::Vote { who, ballot, level }),
        2 => (who(), who()).prop_map(|(who, to)| Step::Delegate { who, to: Some(to) }),
        5 => (who(), stranger(), pick(), level())
            .prop_map(|(who, by, ballot, level)| Step::VoteFor { who, by, ballot, level }),
        6 => pick().prop_map(|ballot| Step::Close { ballot }),
        6 => pick().prop_map(|incident| Step::Verdict { incident }),
        5 => pick().prop_map(|incident| Step::EndFiling { incident }),
        8 => (pick(), prop_oneof![3 => Just(None), 1 => pick().prop_map(Some)])
            .prop_map(|(incident, next)| Step::Settle { incident, next }),
        10 => pick().prop_map(|claim| Step::Pay { claim }),
        4 => pick().prop_map(|incident| Step::Bond { incident }),
        3 => pick().prop_map(|incident| Step::Rest { incident }),
        4 => (who(), size()).prop_map(|(who, size)| Step::Stake { who, size }),
        3 => (prop_oneof![2 => Just(0usize), 1 => Just(1usize)], prop_oneof![3 => Just(0), 1 => pick()])
            .prop_map(|(pool, number)| Step::Ruin { pool, number }),
        2 => (0..2usize).prop_map(|pool| Step::Rush { pool }),
        4 => (0..5usize, pick()).prop_map(|(product, number)| Step::Line { product, number }),
        1 => (0..2usize, pick()).prop_map(|(pool, number)| Step::Flee { pool, number }),
    ]
}

/// At the strike, at the floor, and just off them; so often below the strike, and so often above.
fn quote(below: u32, above: u32) -> impl Strategy<Value = Quote> {
    let edges = vec![0, 1, -1, -999, -1_000, -1_001, -9_999_000, -10_000_000];
    let above = prop_oneof![
        2 => proptest::sample::select(edges),
        below => -12_000_000..0i64,
        above => 0..2_000_000i64,
    ];
    let width = prop_oneof![3 => Just(0u64), 3 => (0..500_000u64).prop_map(|half| half * 2)];
    (above, width).prop_map(|(above, width)| Quote { above, width })
}

fn second() -> impl Strategy<Value = Second> {
    let edge = (0..=1u64, -1..=1i64).prop_map(|(end, off)| Second { milli: end * 1_000, off });
    prop_oneof![1 => edge, 2 => (0..=1_000u64).prop_map(|milli| Second { milli, off: 0 })]
}

fn age() -> impl Strategy<Value = i64> {
    prop_oneof![36 => Just(0i64), 3 => 0..62i64, 1 => Just(-1i64)]
}

fn draw() -> impl Strategy<Value = Step> {
    let tight = prop_oneof![2 => Just(Limit::Free), 1 => Just(Limit::Exact), 2 => Just(Limit::Beyond)];
    let books = prop_oneof![5 => Just(true), 1 => Just(false)];
    (0..40usize, stranger(), part(), tight, books).prop_map(|(policy, by, size, limit, books)| Step::Draw {
        policy,
        by,
        size,
        limit,
        books,
    })
}

fn meter() -> impl Strategy<Value = Step> {
    (0..40usize, 0..4u8).prop_map(|(booking, pays)| Step::Meter { booking, pays: pays > 0 })
}

/// What is done about what prices show.
fn about_prices() -> impl Strategy<Value = Step> {
    let (who, pick) = (|| 0..12usize, || 0..40usize);
    prop_oneof![
        1 => (pick(), quote(1, 4), second())
            .prop_map(|(product, price, second)| Step::RefuteBreach { product, price, second }),
        6 => pick().prop_map(|product| Step::OpenByPrice { product }),
        3 => (pick(), pick(), who())
            .prop_map(|(policy, incident, payer)| Step::ClaimBreach { policy, incident, payer }),
        4 => (pick(), who()).prop_map(|(incident, who)| Step::Challenge { incident, who }),
        9 => (pick(), quote(1, 4), second())
            .prop_map(|(incident, price, second)| Step::RefuteIncident { incident, price, second }),
    ]
}

/// What prices show, what comes of it, and what a covered program draws.
fn triggers() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..40usize, quote(10, 6), age())
            .prop_map(|(product, price, age)| Step::Observe { product, price, age, after: 0 }),
        6 => about_prices(),
        8 => draw(),
        6 => meter(),
        4 => (0..40usize, 0..12_000_000u64, prop_oneof![2 => Just(1u8), 1 => 0..2u8])
            .prop_map(|(number, depth, side)| Step::Depeg { number, depth, side }),
    ]
}

/// Price after price, mostly of a breach, and what is done about them.
pub fn prices() -> impl Strategy<Value = Step> {
    // The longest gap of the product is ten minutes, its shortest breach an hour, its report window two days.
    let after = prop_oneof![
        30 => Just(600u64),
        30 => 400..600u64,
        3 => 0..2u64,
        2 => Just(601u64),
        1 => Just(3_600u64),
        1 => Just(2 * DAY),
    ];
    let sale = (0..12usize, 1..10u64).prop_map(|(who, units)| Step::Buy {
        product: PEG,
        who,
        holder: Some(who),
        size: Size::Atoms(units * 1_000 * UNIT),
        term_days: 60,
        commission_bps: 0,
        limit: Limit::Free,
    });
    prop_oneof![
        80 => (1..40usize, quote(40, 2), age(), after)
            .prop_map(|(product, price, age, after)| Step::Observe { product, price, age, after }),
        18 => about_prices(),
        2 => sale,
        2 => Just(Step::Quote { product: PEG, size: Size::Atoms(UNIT), term_days: 30 }),
        3 => cover(),
        2 => (0..6usize, -1..=1i8).prop_map(|(deadline, off)| Step::Until { deadline, off }),
        5 => (DAY..5 * DAY).prop_map(|seconds| Step::Wait { seconds }),
        3 => (0..40usize).prop_map(|incident| Step::Verdict { incident }),
        3 => (0..40usize).prop_map(|incident| Step::EndFiling { incident }),
        6 => (0..40usize).prop_map(|incident| Step::Settle { incident, next: None }),
        3 => (0..2usize).prop_map(|pool| Step::PayExits { pool, any: None }),
        2 => (0..12usize, part()).prop_map(|(who, size)| Step::RequestExit { pool: 0, who, size, off: 0 }),
        1 => (0..12usize, 0..40usize, level()).prop_map(|(who, ballot, level)| Step::Vote { who, ballot, level }),
        1 => (0..40usize).prop_map(|ballot| Step::Close { ballot }),
        1 => (0..40usize).prop_map(|claim| Step::Pay { claim }),
    ]
}

/// Draw after draw, and what changes what can be drawn.
pub fn draws() -> impl Strategy<Value = Step> {
    // The product's period is 30,000 seconds long.
    let seconds = prop_oneof![3 => Just(30_000u64), 2 => Just(29_999u64), 6 => 1..30_000u64, 2 => DAY..9 * DAY, 2 => Just(40 * DAY)];
    let product = prop_oneof![Just(VENUE), Just(BACKSTOP)];
    let sale = (product, 0..12usize, part(), 1..60u16).prop_map(|(product, who, size, term_days)| Step::Buy {
        product,
        who,
        holder: Some(who),
        size,
        term_days,
        commission_bps: 0,
        limit: Limit::Free,
    });
    prop_oneof![
        24 => draw(),
        24 => meter(),
        6 => (0..40usize, 0..12usize).prop_map(|(incident, who)| Step::Challenge { incident, who }),
        3 => (0..40usize, 0..2u8).prop_map(|(number, side)| Step::Doubt { number, side }),
        4 => (0..40usize).prop_map(|incident| Step::Verdict { incident }),
        2 => (0..40usize).prop_map(|incident| Step::Bond { incident }),
        3 => (0..12usize, 0..40usize, level()).prop_map(|(who, ballot, level)| Step::Vote { who, ballot, level }),
        3 => (0..40usize).prop_map(|ballot| Step::Close { ballot }),
        3 => (0..40usize, 0..40usize).prop_map(|(incident, epoch)| Step::Release { incident, epoch }),
        2 => (0..2usize, 0..40usize).prop_map(|(pool, number)| Step::Flee { pool, number }),
        1 => (0..40usize).prop_map(|number| Step::Ruin { pool: 0, number }),
        5 => sale,
        12 => seconds.prop_map(|seconds| Step::Wait { seconds }),
        6 => liquidity(),
        8 => cover(),
        2 => (0..40usize, 0..2u8).prop_map(|(incident, side)| Step::Resolve { incident, side }),
    ]
}
