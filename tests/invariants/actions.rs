//! What a random life is made of.

use coverage_client::*;
use coverage_math::DAY;
use harness::{Chain, LiteChain, Receipt, UNIT, World, product_params};
use proptest::prelude::*;
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_transaction_error::TransactionError;

const LPS: [&str; 3] = ["ada", "ben", "cleo"];
const BUYERS: [&str; 4] = ["dora", "emil", "fay", "gus"];
const VOTERS: [&str; 3] = ["vera", "walt", "xeno"];
const PRODUCTS: u16 = 3;

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
    /// Whoever is covered claims, the jury votes on an open incident, time passes until its end, the claims are paid.
    Resolve {
        incident: usize,
        side: u8,
    },
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
        1 => pick.prop_map(|incident| Step::Bond { incident }),
    ]
}

/// A life in progress.
pub struct Play {
    world: World<LiteChain>,
    /// Policies: product, payer, id.
    policies: Vec<(u16, &'static str, u64)>,
    /// Incidents: product, number.
    incidents: Vec<(u16, u32)>,
    /// Capital and supply before the step, with their virtual parts.
    price: (u128, u128),
    /// Atoms that were sent to the vault for nothing.
    donated: u64,
    next_id: u64,
}

impl Play {
    /// A world with LPs, buyers, voters and three products, one of them small and in a group of its own.
    pub fn begin() -> Self {
        let mut world = World::lite();
        for (index, (weight_bps, group)) in [(10_000, 0), (6_000, 0), (2_500, 1)].into_iter().enumerate() {
            let index = u16::try_from(index).unwrap();
            world.list_product(index, ProductParams { weight_bps, group, ..product_params("Risk") }).ok();
        }
        for name in LPS.iter().chain(&BUYERS) {
            world.fund(name, 1_000_000 * UNIT);
        }
        world.fund("opal", 1_000_000 * UNIT);
        for voter in VOTERS {
            world.stake(voter, 100 * UNIT).ok();
        }
        world.deposit("ada", 300_000 * UNIT).ok();
        world.pass_days(2);
        Self { world, policies: vec![], incidents: vec![], price: (1, 1_000), donated: 0, next_id: 0 }
    }

    /// Takes a step. It may be refused, but only by a rule, never by arithmetic or by the books.
    pub fn take(&mut self, step: &Step) {
        if let Step::Resolve { incident, side } = *step {
            return self.resolve(incident, side);
        }
        self.price = self.share_price();
        let Some(receipt) = self.send(step) else { return };
        if let Err(error) = &receipt.result {
            let TransactionError::InstructionError(_, InstructionError::Custom(code)) = error else {
                panic!("{step:?} failed with {error:?}\n{}", receipt.logs.join("\n"))
            };
            use BreakwaterError::*;
            let fault = BreakwaterError::from_code(*code)
                .is_some_and(|error| matches!(error, VaultShort | TransferShort | UnknownState | Overpaid | WrongPool));
            // Only amounts that no token has may overflow.
            let absurd = matches!(step, Step::Buy { amount, .. } if *amount > 1 << 60);
            let overflow = *code == MathOverflow.code() && !absurd;
            assert!(!fault && !overflow, "{step:?}: {error:?}\n{}", receipt.logs.join("\n"));
        }
    }

    /// The whole way of an open incident from its claims to its last payment.
    fn resolve(&mut self, pick: usize, side: u8) {
        let products: Vec<_> =
            (0..PRODUCTS).filter(|index| self.world.read_product(*index).open_incident != Address::default()).collect();
        let Some(product) = products.get(pick % products.len().max(1)).copied() else { return };
        let Some(incident) = self.incidents.iter().rposition(|incident| incident.0 == product) else { return };
        let votes = (0..VOTERS.len()).map(|who| Step::Vote { who, incident, side });
        // `pair` counts the incidents of the policy's own product: the last of them is the open one.
        let number = self.incidents.iter().filter(|incident| incident.0 == product).count() - 1;
        let mut policies: Vec<_> =
            (0..self.policies.len()).filter(|policy| self.policies[*policy].0 == product).collect();
        let claims = policies.iter().map(|policy| Step::Claim {
            policy: *policy,
            incident: number,
            loss_bps: (pick as u64 * 991 + *policy as u64 * 577) % 12_000,
        });
        let end = [
            Step::Wait { seconds: 3 * DAY },
            Step::Close { incident },
            Step::Wait { seconds: 15 * DAY },
            Step::Settle { incident },
        ];
        let steps: Vec<_> = votes.chain(claims).chain(end).collect();
        let turn = pick % policies.len().max(1);
        policies.rotate_left(turn);
        let pay = policies.iter().map(|policy| Step::Pay { policy: *policy, incident: number });
        for step in steps.into_iter().chain(pay) {
            self.take(&step);
            self.check(&step);
        }
        // The steps were checked one by one.
        self.price = self.share_price();
    }

    fn send(&mut self, step: &Step) -> Option<Receipt> {
        let world = &mut self.world;
        Some(match *step {
            Step::Wait { seconds } => {
                world.pass(seconds);
                return None;
            }
            Step::Deposit { who, amount } => world.deposit(LPS[who % LPS.len()], amount),
            Step::Donate { amount } => {
                let (asset, vault) = (world.asset(), vault(&world.pool()));
                world.mint_to(&asset, &vault, amount);
                self.donated += amount;
                return None;
            }
            Step::Stake { who, amount } => world.stake(VOTERS[who % VOTERS.len()], amount),
            Step::Buy { who, product, amount, term_days } => {
                let payer = BUYERS[who % BUYERS.len()];
                let id = self.next_id;
                self.next_id += 1;
                let receipt = world.buy(payer, product % PRODUCTS, id, amount, term_days);
                if receipt.result.is_ok() {
                    self.policies.push((product % PRODUCTS, payer, id));
                }
                receipt
            }
            Step::Open { product, ago } => {
                let number = world.read_product(product).incident_count;
                let occurred_at = world.now() - ago;
                let receipt = world.open_incident("opal", product, number, occurred_at);
                if receipt.result.is_ok() {
                    self.incidents.push((product, number));
                }
                receipt
            }
            Step::Claim { policy, incident, loss_bps } => {
                let (policy, holder, incident) = self.pair(policy, incident)?;
                let insured = self.world.chain.read::<Policy>(&policy).amount;
                let loss = u64::try_from(u128::from(insured) * u128::from(loss_bps) / 10_000).unwrap();
                self.world.submit_claim(holder, &policy, &incident, loss)
            }
            Step::Vote { who, incident, side } => {
                let incident = self.incident(incident)?;
                self.world.vote(VOTERS[who % VOTERS.len()], &incident, side)
            }
            Step::Close { incident } => {
                let incident = self.incident(incident)?;
                self.world.close_ballot(&incident)
            }
            Step::Settle { incident } => {
                let (product, number) = *self.incidents.get(incident % self.incidents.len().max(1))?;
                self.world.settle(product, number)
            }
            Step::Pay { policy, incident } => {
                let (policy, holder, incident) = self.pair(policy, incident)?;
                self.world.chain.account(&claim(&incident, &policy))?;
                self.world.payout(holder, &policy, &incident)
            }
            Step::Resolve { .. } => return None,
            Step::Bond { incident } => {
                let incident = self.incident(incident)?;
                self.world.collect_bond("opal", &incident)
            }
        })
    }

    /// An incident.
    fn incident(&self, pick: usize) -> Option<Address> {
        let (product, number) = *self.incidents.get(pick % self.incidents.len().max(1))?;
        Some(self.world.incident(product, number))
    }

    /// A policy, its holder, and an incident, mostly of its product.
    fn pair(&self, policy: usize, incident: usize) -> Option<(Address, &'static str, Address)> {
        let (product, holder, id) = *self.policies.get(policy % self.policies.len().max(1))?;
        let own: Vec<_> = self.incidents.iter().filter(|incident| incident.0 == product).collect();
        let incident = match own.get(incident % own.len().max(1)) {
            Some((product, number)) => self.world.incident(*product, *number),
            None => self.incident(incident)?,
        };
        Some((self.world.policy(product, holder, id), holder, incident))
    }

    fn share_price(&mut self) -> (u128, u128) {
        let capital = u128::from(self.world.read_pool().capital) + 1;
        (capital, u128::from(self.world.share_supply()) + 1_000)
    }

    /// The invariants, after a step.
    pub fn check(&mut self, step: &Step) {
        self.world.check_books_beside(self.donated);
        let pool = self.world.read_pool();
        assert_eq!(pool.payable, pool.claims_settled - pool.claims_paid, "settled and not paid, after {step:?}");

        let held: u64 = LPS.iter().map(|lp| self.world.shares(lp)).sum();
        assert_eq!(held, self.world.share_supply(), "B3 after {step:?}");

        let active: u64 = (0..PRODUCTS).map(|product| self.world.read_product(product).active_cover).sum();
        assert!(pool.active_cover <= active, "a product that is not rolled is only ever too high, after {step:?}");
        assert_eq!(active, pool.group_active.iter().sum::<u64>(), "groups and products roll together, after {step:?}");

        for (product, number) in self.incidents.clone() {
            let incident: Incident = self.world.chain.read(&self.world.incident(product, number));
            assert!(incident.paid <= incident.settled && incident.settled <= incident.approved, "B4 after {step:?}");
        }
        for (product, payer, id) in self.policies.clone() {
            let policy: Policy = self.world.chain.read(&self.world.policy(product, payer, id));
            assert!(policy.paid <= policy.claimed && policy.claimed <= policy.amount, "B4 after {step:?}");
        }

        let (before, now) = (self.price, self.share_price());
        if !matches!(step, Step::Settle { .. }) {
            assert!(
                now.0 * before.1 >= before.0 * now.1,
                "B6 after {step:?}: the price fell from {before:?} to {now:?}"
            );
        }
    }

    /// Once everything has ended, every atom of income is the LPs'.
    pub fn end(mut self) {
        self.world.pass_days(520);
        self.world.fund("ada", UNIT);
        if self.world.deposit("ada", UNIT).result.is_ok() {
            let pool = self.world.read_pool();
            assert_eq!((pool.unearned, pool.rate, pool.active_cover), (0, 0, 0), "nothing goes on for ever");
        }
    }
}
