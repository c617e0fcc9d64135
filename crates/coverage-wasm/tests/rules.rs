//! What is asked of the core comes from the account's bytes; and what only clients ask of the program's rules.

use breakwater_state::{
    Ballot, BallotStanding, BallotState, Change, ChangeStanding, ChangeState, ExitEpoch, ExitTicket, Incident,
    IncidentKeys, IncidentReport, NOBODY, Policy, PolicyStanding, Pool, Product, ProductStatus, Proposal, ProposalKind,
    Side, StoredIndex,
    constants::{CHANGE_LAPSES_AFTER, LONGEST_WAIT, PROPOSAL_BYTES},
};
use bytemuck::{Pod, Zeroable};
use coverage_math::{DAY, start_of};
use coverage_wasm::{change, cover, exits, pool};

const NOW: u64 = 20_000 * DAY;

/// An account as it is stored.
fn stored<T: Pod>(account: &T) -> Vec<u8> {
    [&[7; 8], bytemuck::bytes_of(account)].concat()
}

#[test]
fn accounts_come_as_their_bytes_and_go_back_as_them() {
    let before = Pool { accrued_at: NOW, capital: 1_000, shares: 1_000_000, ..Pool::zeroed() };
    let Ok(after) = pool::accrue(&stored(&before), NOW + 1) else { panic!("the books can be accrued") };
    assert_eq!(after, stored(&Pool { accrued_at: NOW + 1, ..before }));
    // Another kind of account is none of a pool's size.
    assert!(pool::accrue(&stored(&Policy::zeroed()), NOW).is_err());
    assert!(pool::accrue(&[], NOW).is_err());
}

#[test]
fn a_policy_stands_by_its_times() {
    let policy =
        Policy { bought_at: NOW, cover_from: NOW + DAY, end: NOW + 10 * DAY, release_day: 20_040, ..Policy::zeroed() };
    let at = |policy: &Policy, days: u64| policy.standing(NOW + days * DAY);
    let days = [0, 1, 9, 10, 39, 40].map(|days| at(&policy, days));
    use PolicyStanding::{Claimable, Covered, Ending, Over, Waiting};
    assert_eq!(days, [Waiting, Covered, Covered, Claimable, Claimable, Over]);
    let cancelled = Policy { cancelled_at: NOW, end: NOW + 2 * DAY, release_day: 20_032, ..policy };
    assert_eq!([1, 2, 31, 32].map(|days| at(&cancelled, days)), [Ending, Claimable, Claimable, Over]);
    // Cancelled before it began to cover, it has covered nothing.
    let never = Policy { cancelled_at: NOW, cover_from: NOW + 5 * DAY, end: NOW + DAY, release_day: 20_031, ..policy };
    assert_eq!([0, 1].map(|days| at(&never, days)), [Ending, Over]);
    assert!(cover::policy_standing(&stored(&never), NOW + DAY).is_ok_and(|byte| byte == Over.byte()));
}

#[test]
fn a_ballot_stands_by_its_times_and_its_outcome() {
    let ballot = Ballot { opens_at: 10, closes_at: 20, final_at: 40, quorum_weight: 10, ..Ballot::zeroed() };
    let at = |ballot: &Ballot, now| ballot.standing(now).ok();
    use BallotStanding::{Appealable, Arbitrable, Final, Soon, ToClose, Voting};
    assert_eq!([9, 10, 19, 20].map(|now| at(&ballot, now)), [Soon, Voting, Voting, ToClose].map(Some));
    let closed = Ballot { state: BallotState::Failed.byte(), ..ballot };
    assert_eq!([39, 40].map(|now| at(&closed, now)), [Appealable, Final].map(Some));
    // Too few voted. There is something for an arbiter to decide where nobody did, or where they wanted something else.
    let votes = |weight: u64, side: Side| {
        let mut fixed = [0; 17];
        fixed[usize::from(side.level())] = weight;
        Ballot { arbiter: [1; 32].into(), fixed, ..closed }
    };
    for (ballot, standing) in [
        (votes(0, Side::For), Arbitrable),
        (votes(9, Side::For), Arbitrable),
        (votes(10, Side::For), Appealable),
        (votes(9, Side::Against), Appealable),
        (Ballot { arbitrated: 1, ..votes(9, Side::For) }, Appealable),
        (Ballot { round: 1, ..votes(9, Side::For) }, Appealable),
    ] {
        assert_eq!([39, 40].map(|now| at(&ballot, now)), [standing, Final].map(Some));
    }
}

#[test]
fn a_change_stands_by_its_times() {
    let pool = Pool { timelock: 9 * DAY, ..Pool::zeroed() };
    let state = ChangeState::Queued.byte();
    let queued = Change { state, number: 3, queued_at: NOW, applies_at: NOW + 9 * DAY, ..Change::zeroed() };
    use ChangeStanding::{Lapsed, Ready, Waiting};
    let from = NOW + 9 * DAY;
    let lapse = from + LONGEST_WAIT + CHANGE_LAPSES_AFTER;
    let times = [from - 1, from, lapse - 1, lapse];
    assert_eq!(times.map(|now| queued.standing(&pool, now).ok()), [Waiting, Ready, Ready, Lapsed].map(Some));
    let marked = Change { ready_at: from + 5, ..queued };
    let lapse = from + 5 + CHANGE_LAPSES_AFTER;
    assert_eq!([lapse - 1, lapse].map(|now| marked.standing(&pool, now).ok()), [Ready, Lapsed].map(Some));
    // Another timelock moves nothing that is queued, and another authority lets it fall.
    let slower = Pool { timelock: 20 * DAY, ..pool };
    assert_eq!(queued.standing(&slower, from).ok(), Some(Ready));
    let earlier = Pool { handed_over: 2, ..pool };
    assert_eq!(queued.standing(&earlier, from).ok(), Some(Ready));
    let handed_over = Pool { handed_over: 3, ..pool };
    assert_eq!(queued.standing(&handed_over, from).ok(), Some(ChangeStanding::Withdrawn));
    let by_ballot = Change { ballot: [1; 32].into(), ..queued };
    assert_eq!(by_ballot.standing(&handed_over, from).ok(), Some(Ready));
    for state in ChangeState::ALL.iter().filter(|state| **state != ChangeState::Queued) {
        let change = Change { state: state.byte(), ..queued };
        let word = change.standing(&pool, NOW).map(ChangeStanding::word);
        let expected = if *state == ChangeState::Proposed { "a ballot decides" } else { state.word() };
        assert_eq!(word.ok(), Some(expected));
    }
}

#[test]
fn a_kind_of_proposal_is_its_first_byte_and_says_what_holds() {
    let pool = Pool { authority: [1; 32].into(), ..Pool::zeroed() };
    let product = Product { status: ProductStatus::Draft.byte(), weight_bps: 5_000, ..Product::zeroed() };
    for kind in ProposalKind::ALL {
        let mut bytes = [0; PROPOSAL_BYTES];
        bytes[0] = kind.byte();
        let proposal = Proposal::from_bytes(&bytes).expect("zeros are a proposal");
        let (with, without) = (kind.current(&pool, Some(&product), 0), kind.current(&pool, None, 0));
        let values = if proposal.is_of_product() { with } else { without }.expect("what holds now");
        assert!(kind.current(&pool, (!proposal.is_of_product()).then_some(&product), 0).is_err(), "{kind:?}");
        let found = values.to_bytes().expect("it fits")[0];
        // Of a draft, that it is not on sale.
        let expected = if *kind == ProposalKind::List { ProposalKind::Delist } else { *kind };
        assert_eq!(found, expected.byte(), "{kind:?}");
        assert!(change::risk_of(kind.byte()).is_ok_and(|risk| risk == kind.risk().byte()), "{kind:?}");
    }
    let kinds = u8::try_from(ProposalKind::ALL.len()).expect("it fits");
    assert!(change::risk_of(kinds).is_err());
    let authority = ProposalKind::Authority.current(&pool, None, 0);
    assert_eq!(authority, Ok(Proposal::Authority { authority: [1; 32].into() }));
}

#[test]
fn what_is_quoted_on_copies_is_what_the_program_would_do() {
    let pool = Pool { accrued_at: NOW, capital: 1_999, shares: 1_000_000, ..Pool::zeroed() };
    // 1,999 atoms back 1,000,000 shares: 5 atoms buy 5 × 1,001,000 / 2,000 of them.
    assert!(pool::quote_deposit(&stored(&pool), 5, NOW).is_ok_and(|shares| shares == 2_502));
    let paused = Pool { paused_until: NOW + 1, ..pool };
    assert!(pool::quote_deposit(&stored(&paused), 5, NOW).is_err());
    assert!(pool::check_deposits(&stored(&paused), 0, 0, NOW + 1).is_ok());
    assert!(pool::check_deposits(&stored(&paused), 1, 0, NOW + 1).is_err());
    assert!(pool::start_of(u64::MAX).is_err());
    assert!(pool::start_of(pool::day_after(NOW)).is_ok_and(|time| Some(time) == start_of(20_001)));
}

/// A pool of a million atoms with a thousand shares each, on `NOW`, and a product of it that covers `active`.
fn covered(active: u64) -> (Pool, Product) {
    let mut pool = Pool {
        accrued_at: NOW,
        capital: 1_000_000,
        shares: 1_000_000_000,
        active_cover: active,
        leverage_bps: 10_000,
        exit_delay_days: 1,
        index: StoredIndex::START,
        ..Pool::zeroed()
    };
    pool.group_active[0] = active;
    let product = Product {
        status: ProductStatus::OnSale.byte(),
        rolled_day: 20_000,
        active_cover: active,
        report_window_days: 30,
        incident_bond: 10,
        ..Product::zeroed()
    };
    (pool, product)
}

/// Reports an incident at a time.
fn report(pool: &mut Pool, product: &mut Product, now: u64) -> Incident {
    let keys = IncidentKeys { incident: &NOBODY, bump: 0, product: &NOBODY, opener: &NOBODY, rent_payer: &NOBODY };
    let what = IncidentReport { occurred_at: now, evidence_hash: [0; 32], evidence_uri: String::new() };
    let mut incident = Incident::zeroed();
    incident.open(&keys, NOBODY, &what, pool, product, now).expect("a report");
    incident
}

#[test]
fn a_ticket_has_its_part_of_what_is_contested() {
    let (mut pool, mut product) = covered(400_000);
    let incident = report(&mut pool, &mut product, NOW);
    // Half of the shares leave, three fifths of them of one ticket.
    let day = pool.request_exit(500_000_000, 0, NOW).expect("an exit");
    let mut epoch = ExitEpoch { day, shares: 500_000_000, tickets: 2, ..ExitEpoch::zeroed() };
    let ticket = ExitTicket { shares: 300_000_000, ..ExitTicket::zeroed() };
    let paid_at = start_of(day).expect("a day");
    let paid = exits::foresee(&stored(&pool), &stored(&epoch), NOW).ok().expect("what is foreseen");
    pool.accrue(paid_at).expect("time");
    let payment = pool.pay_exits(&mut epoch, paid_at).expect("a payment");
    assert_eq!(paid, [exits::Foreseen { number: 0, at: paid_at, payment, all: true }]);
    let contested = |incident: &Incident, incidents: &[u8]| {
        let (pool, product, incident) = (stored(&pool), stored(&product), stored(incident));
        exits::contested_of(&pool, &product, &incident, incidents, &stored(&epoch), &stored(&ticket)).ok()
    };
    let part = contested(&incident, &stored(&incident)).expect("a part");
    assert!((119_998..=120_000).contains(&part), "{part} of 3/5 of a half of 400,000");
    // Once another report takes its place from before the exit on, the same is in that one, and nothing in the first.
    let second = Incident { index: 1, ..incident };
    let both = [stored(&incident), stored(&second)].concat();
    assert_eq!(contested(&incident, &both), Some(0));
    assert_eq!(contested(&second, &both), Some(part));
}

#[test]
fn an_epoch_that_was_called_can_be_paid_for_a_day_a_day_later() {
    let (mut pool, _) = covered(0);
    let day = pool.request_exit(500_000_000, 0, NOW).expect("an exit");
    let epoch = ExitEpoch { day, shares: 500_000_000, ..ExitEpoch::zeroed() };
    let due = start_of(day).expect("a day");
    let window = |pool: &Pool, now| exits::window(&stored(pool), &stored(&epoch), now).ok();
    assert_eq!(window(&pool, NOW), Some(Some((due, due + DAY))));
    assert_eq!(window(&pool, due + DAY), Some(None));
    let called_at = due + DAY + 1_234;
    assert_eq!(pool.call_exits(&epoch, called_at), Ok(true));
    for now in [called_at, called_at + DAY - 1] {
        assert_eq!(window(&pool, now), Some(Some((called_at + DAY, called_at + 2 * DAY))), "{now}");
    }
    let inside = called_at + DAY + 77;
    assert_eq!(window(&pool, inside), Some(Some((inside, called_at + 2 * DAY))));
}

#[test]
fn a_pool_that_nobody_touched_counts_its_season() {
    // A million shares until the day before yesterday, twice as many since yesterday, thrice since today.
    let mut books = Pool { accrued_at: NOW, capital: 3_000, shares: 3_000_000, season_days: 3, ..Pool::zeroed() };
    books.seasoned_shares = 1_000_000;
    books.season_ring = [1_000_000; 32];
    for day in [NOW / DAY - 1, NOW / DAY] {
        books.season_ring[usize::try_from(day % 32).expect("a slot")] = 2_000_000;
    }
    let day = |days: u64| NOW + days * DAY;
    let opened = Pool { opened_at: day(0) - 20 * DAY, sells_from: day(0), ..books };
    let free = |now| pool::free_capital(&stored(&opened), now).ok();
    assert_eq!([day(0), day(2), day(4), day(60)].map(free), [1_000, 2_000, 3_000, 3_000].map(Some));
    assert_eq!(pool::staying_capital(&stored(&opened), NOW).ok(), Some(3_000));
    // What comes now has stayed for a season once three whole days are over.
    assert_eq!(pool::counts_from(&stored(&opened), NOW).ok(), Some(day(4)));
    let unopened = Pool { opened_at: 0, sells_from: 0, exit_delay_days: 7, ..books };
    assert_eq!(pool::counts_from(&stored(&unopened), NOW).ok(), Some(day(10)));
}

#[test]
fn a_part_given_back_makes_no_deductible_smaller() {
    let policy = Policy { bought: 10_001, amount: 5_000, deductible_bps: 1_000, ..Policy::zeroed() };
    assert_eq!(cover::deductible(&stored(&policy)).ok(), Some(1_001));
}
