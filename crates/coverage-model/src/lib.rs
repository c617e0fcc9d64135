//! The reference model of Breakwater: what every pool owes and knows after anything that people do.
//!
//! It is written from the rules as README and `docs/` state them, and shares nothing with the program but names: errors,
//! terms, documented numbers and sizes of accounts ([`names`]). It keeps lists of what people did and walks them for
//! every question: what is earned is the sum over all streams of rate × time, active cover the sum over all policies whose
//! capacity is still held, a bucket the sum of what went in less what went out. There is no ring, no running total and
//! no cache, so nothing can go stale but what the program leaves stale on purpose, to which every question gives its time.
//!
//! Two suites compare the program with it: `tests/invariants` plays random lives on the bytecode, `demo` plays a
//! scenario on a local network. Both expect what the model says, to the atom and to the error.
//!
//! # How to use it
//!
//! People are names, everything else is a number: of a pool, a product, a policy. An action checks the rules in the order
//! in which the program names them; it changes the lists or says which rule refuses it.
//!
//! ```
//! # use coverage_model::{Model, Refusal, Rule, Token, example};
//! let mut model = Model::new(1_800_000_000, example::assembly(), "founder");
//! let pool = model.create_pool(example::pool(), None);
//! model.give("ada", Token::Asset, 1_000);
//! let seen = model.seen(pool);
//! let shares = model.attempt(|model| model.deposit(pool, "ada", 600, 0, seen));
//! assert_eq!(shares, Ok(600_000));
//! // What is refused changes nothing.
//! let refused = model.attempt(|model| model.deposit(pool, "ada", 600, 0, seen));
//! assert_eq!(refused, Err(Refusal::TooFewTokens));
//! assert_eq!((model.capital(pool), model.balance("ada", Token::Asset)), (600, 400));
//! ```
//!
//! # Where a rule is
//!
//! | area | files |
//! | --- | --- |
//! | books | [`books`]: buckets and what may carry cover; [`streams`]: what is earned when |
//! | liquidity | [`liquidity`]: deposits and surpluses; [`exits`]: epochs and tickets; [`contested`]: what leavers have in open incidents; [`seasons`]: which shares stayed; [`retired`]: a pool that was wiped out |
//! | cover | [`products`]: caps; [`cover`]: sales, extensions, reductions, cancellations; [`curve`]: the price |
//! | incidents | [`incidents`]: reports and liens; [`settlement`]: what the claims of one get |
//! | claims | [`claims`]: filing and payment; [`disputes`] |
//! | court | [`ballots`]: votes and outcomes; [`court`]: appeals, the arbiter, rewards, and when a court gives way to another; [`stakes`]: who has a vote, and what the court is worth |
//! | changes | [`changes`]: what the authority or stakers have queued, and when it holds |
//! | endings | [`endings`]: products, voters, retired shares, pools and the assembly |
//! | triggers | [`breaches`]: what prices show; [`price_incidents`]: what comes of it; [`draws`] |
//!
//! To add a rule, write it into the file of its area: `must(it holds, Rule::ItsError)?` at its place in the action, and
//! what it changes as a change of an item of a list. To add a kind of thing, give it a struct in the file of its area
//! and a [`Table`] in [`Model`].

pub mod ballots;
pub mod books;
pub mod breaches;
pub mod changes;
pub mod claims;
pub mod contested;
pub mod court;
pub mod cover;
pub mod curve;
pub mod disputes;
pub mod draws;
pub mod endings;
pub mod example;
pub mod exits;
pub mod faults;
pub mod incidents;
mod journal;
pub mod liquidity;
pub mod names;
pub mod numbers;
pub mod people;
pub mod price_incidents;
pub mod products;
pub mod retired;
pub mod seasons;
pub mod settlement;
pub mod stakes;
pub mod streams;

pub use ballots::{AGAINST, Ballot, Cast, FOR, Round, Subject, Verdict};
pub use books::{PRICE_OFFSET, Pool};
pub use breaches::{Breach, Observation, Price, Watch};
pub use changes::{Applied, Change};
pub use claims::{Claim, ClaimState};
pub use contested::{Line, Lined, Mark, Part, Payment};
pub use cover::{Cancelled, Offer, Parts, Policy, Purchase};
pub use draws::Draw;
pub use exits::{Epoch, Ticket};
pub use faults::{Fault, Faults};
pub use incidents::{Bond, Incident, Phase};
pub use journal::Table;
pub use names::*;
pub use numbers::*;
pub use people::{Name, Token, Wallets};
pub use products::{Product, Sale, Trigger};
pub use retired::Retired;
pub use seasons::Stay;
pub use stakes::Voter;
pub use streams::Stream;

use journal::Undo;

/// Everything there is.
#[derive(Clone, Debug)]
pub struct Model {
    /// Unix seconds: set by the caller, and never back.
    pub now: u64,
    /// Terms of the assembly, the first court, and of all others.
    pub assembly: AssemblyParams,
    /// Whether the assembly was closed.
    pub assembly_closed: bool,
    /// Who creates the assembly, the pools and the products, has the authority over them at first and pays their rents.
    pub founder: Name,
    /// The addresses of those whom changes name.
    pub known: Vec<(Name, Address)>,
    /// The addresses of the courts by their numbers. All stake is in the first: nobody votes in another.
    pub courts: Vec<Address>,
    /// What people have.
    pub wallets: Wallets,
    /// The pools.
    pub pools: Table<Pool>,
    /// The products of all pools.
    pub products: Table<Product>,
    /// Every change that was ever queued.
    pub changes: Table<Change>,
    /// What each product, by its number, was shown of its price.
    pub watches: Table<Watch>,
    /// How many shares stayed, from each moment at which that changed.
    pub stays: Table<Stay>,
    /// Everything that was ever earned over time, or will be.
    pub streams: Table<Stream>,
    /// Every policy that was ever sold.
    pub policies: Table<Policy>,
    /// Every exit epoch that there ever was.
    pub epochs: Table<Epoch>,
    /// Every payment of exits, in order.
    pub payments: Table<Payment>,
    /// Everybody's shares that ever were on their way out.
    pub tickets: Table<Ticket>,
    /// What became of the shares of pools that were wiped out.
    pub retired: Table<Retired>,
    /// Every incident that was ever opened.
    pub incidents: Table<Incident>,
    /// Every claim that was ever filed.
    pub claims: Table<Claim>,
    /// Every draw of a covered program.
    pub draws: Table<Draw>,
    /// Everybody who ever staked.
    pub voters: Table<Voter>,
    /// Every ballot that there ever was.
    pub ballots: Table<Ballot>,
    /// Lost stake that was burned each time, atoms.
    pub burns: Table<Atoms>,
    /// Rules that it does not keep.
    pub faults: Faults,
}

impl Model {
    /// A world without pools and people, in which an assembly was created.
    #[must_use]
    pub fn new(now: u64, assembly: AssemblyParams, founder: Name) -> Self {
        Self {
            now,
            assembly,
            assembly_closed: false,
            founder,
            known: vec![],
            courts: vec![Address::default()],
            wallets: Wallets::default(),
            pools: Table::default(),
            products: Table::default(),
            changes: Table::default(),
            watches: Table::default(),
            stays: Table::default(),
            streams: Table::default(),
            policies: Table::default(),
            epochs: Table::default(),
            payments: Table::default(),
            tickets: Table::default(),
            retired: Table::default(),
            incidents: Table::default(),
            claims: Table::default(),
            draws: Table::default(),
            voters: Table::default(),
            ballots: Table::default(),
            burns: Table::default(),
            faults: Faults::NONE,
        }
    }

    /// Tries an action. What is refused changes nothing.
    pub fn attempt<T>(&mut self, action: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        self.lists().into_iter().for_each(Undo::begin);
        let outcome = action(self);
        self.lists().into_iter().for_each(|list| list.end(outcome.is_ok()));
        outcome
    }

    /// What something would come to. Changes nothing.
    pub fn trial<T>(&mut self, question: impl FnOnce(&mut Self) -> T) -> T {
        self.lists().into_iter().for_each(Undo::begin);
        let answer = question(self);
        self.lists().into_iter().for_each(|list| list.end(false));
        answer
    }

    /// All that an action may change.
    fn lists(&mut self) -> [&mut dyn Undo; 18] {
        [
            &mut self.wallets,
            &mut self.pools,
            &mut self.products,
            &mut self.changes,
            &mut self.watches,
            &mut self.stays,
            &mut self.streams,
            &mut self.policies,
            &mut self.epochs,
            &mut self.payments,
            &mut self.tickets,
            &mut self.retired,
            &mut self.incidents,
            &mut self.claims,
            &mut self.draws,
            &mut self.voters,
            &mut self.ballots,
            &mut self.burns,
        ]
    }
}
