//! A life: who takes the steps.

use crate::steps::{PRODUCTS, Step};
use coverage_client::*;
use coverage_math::{DAY, day_of};
use harness::{Chain, LiteChain, Receipt, UNIT, World, product_params};
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_transaction_error::TransactionError;
use std::collections::BTreeSet;

pub const LPS: [&str; 3] = ["ada", "ben", "cleo"];
pub const BUYERS: [&str; 4] = ["dora", "emil", "fay", "gus"];
const VOTERS: [&str; 3] = ["vera", "walt", "xeno"];

/// A policy that has not been closed.
#[derive(Clone, Copy, Debug)]
pub struct Sold {
    pub product: u16,
    pub holder: &'static str,
    pub address: Address,
}

/// A life in progress.
pub struct Play {
    pub world: World<LiteChain>,
    /// Policies that have not been closed.
    pub policies: Vec<Sold>,
    /// Incidents: product, number.
    pub incidents: Vec<(u16, u32)>,
    /// Tickets that have not ended: owner, number.
    pub tickets: Vec<(&'static str, u64)>,
    /// Days of the exit epochs that exist.
    pub epochs: BTreeSet<u64>,
    /// Capital and supply before the step, with their virtual parts and with what is earned by now.
    pub price: (u128, u128),
    /// Atoms that were sent to the vault for nothing and not absorbed.
    pub donated: u64,
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
        world.give_lamports("guardian");
        for voter in VOTERS {
            world.stake(voter, 100 * UNIT).ok();
        }
        world.deposit("ada", 300_000 * UNIT).ok();
        world.pass_days(2);
        Self {
            world,
            policies: vec![],
            incidents: vec![],
            tickets: vec![],
            epochs: BTreeSet::new(),
            price: (1, 1_000),
            donated: 0,
            next_id: 0,
        }
    }

    /// Takes a step. It may be refused, but only by a rule, never by arithmetic or by the books.
    pub fn take(&mut self, step: &Step) {
        self.price = self.share_price();
        if let Step::Resolve { incident, side } = *step {
            return self.resolve(incident, side);
        }
        let Some(receipt) = self.send(step) else { return };
        if let Err(error) = &receipt.result {
            let TransactionError::InstructionError(_, InstructionError::Custom(code)) = error else {
                panic!("{step:?} failed with {error:?}\n{}", receipt.logs.join("\n"))
            };
            use BreakwaterError::*;
            let fault = BreakwaterError::from_code(*code)
                .is_some_and(|error| matches!(error, VaultShort | TransferShort | UnknownState | Overpaid | WrongPool));
            let overflow = *code == MathOverflow.code() && !step.is_absurd();
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
            (0..self.policies.len()).filter(|policy| self.policies[*policy].product == product).collect();
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
            Step::Buy { who, product, amount, term_days } => self.buy(who, product % PRODUCTS, amount, term_days),
            Step::Quote { who, product, amount, term_days } => self.quote_and_buy(who, product, amount, term_days),
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
                let (policy, incident) = self.pair(policy, incident)?;
                let insured = self.world.chain.read::<Policy>(&policy.address).amount;
                let loss = u64::try_from(u128::from(insured) * u128::from(loss_bps) / 10_000).unwrap();
                self.world.submit_claim(policy.holder, &policy.address, &incident, loss)
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
                let (policy, incident) = self.pair(policy, incident)?;
                let claim = claim(&incident, &policy.address);
                self.world.chain.account(&claim)?;
                let payee = self.world.chain.read::<Claim>(&claim).payee;
                let payee = BUYERS.into_iter().find(|name| self.world.key(name) == payee).expect("a buyer");
                self.world.payout(payee, &policy.address, &incident)
            }
            Step::Resolve { .. } => return None,
            Step::Bond { incident } => {
                let incident = self.incident(incident)?;
                self.world.collect_bond("opal", &incident)
            }
            Step::Absorb => {
                let receipt = world.absorb_surplus();
                if receipt.result.is_ok() {
                    self.donated = 0;
                }
                receipt
            }
            Step::Roll { product } => world.roll_product(product),
            Step::RequestExit { .. }
            | Step::SettleExits { .. }
            | Step::CollectExit { .. }
            | Step::CloseEpoch { .. } => {
                return self.send_exit(step);
            }
            Step::Extend { .. } | Step::Cancel { .. } | Step::Transfer { .. } | Step::ClosePolicy { .. } => {
                return self.send_change(step);
            }
        })
    }

    /// What those who leave do.
    fn send_exit(&mut self, step: &Step) -> Option<Receipt> {
        let world = &mut self.world;
        Some(match *step {
            Step::RequestExit { who, bps, other } => {
                let name = LPS[who % LPS.len()];
                let held = world.shares(name);
                let shares = match bps {
                    ..1_000 => other % 2_000,
                    11_000.. => other,
                    _ => u64::try_from(u128::from(held) * u128::from(bps) / 10_000).unwrap(),
                };
                let id = self.next_id;
                self.next_id += 1;
                let day = world.exit_day();
                let receipt = world.request_exit(name, id, shares);
                if receipt.result.is_ok() {
                    self.tickets.push((name, id));
                    self.epochs.insert(day);
                }
                receipt
            }
            Step::SettleExits { any } => {
                let head = world.read_pool().exit_head_day;
                let day = match any {
                    None => Some(head).filter(|day| *day != 0)?,
                    Some(pick) => *self.epochs.iter().nth(pick % self.epochs.len().max(1))?,
                };
                // Those who wait for nothing do not make an epoch for what is left over.
                if day_of(world.now()) < day {
                    return Some(world.send(world.settle_epoch_accounts(day, None).instruction(), &[]));
                }
                self.epochs.insert(day_of(world.now()) + 1);
                world.settle_epoch(day)
            }
            Step::CollectExit { ticket } => {
                let ticket = ticket % self.tickets.len().max(1);
                let (name, id) = *self.tickets.get(ticket)?;
                let receipt = world.collect_exit(name, id);
                let address = exit_ticket(&world.pool(), &world.key(name), id);
                if world.chain.account(&address).is_none() {
                    self.tickets.remove(ticket);
                }
                receipt
            }
            Step::CloseEpoch { epoch } => {
                let day = *self.epochs.iter().nth(epoch % self.epochs.len().max(1))?;
                let receipt = world.close_epoch(day);
                if receipt.result.is_ok() {
                    self.epochs.remove(&day);
                }
                receipt
            }
            _ => return None,
        })
    }

    /// What those do who have cover.
    fn send_change(&mut self, step: &Step) -> Option<Receipt> {
        let count = self.policies.len().max(1);
        Some(match *step {
            Step::Extend { who, policy, days } => {
                let sold = self.policies.get(policy % count)?;
                self.world.extend(BUYERS[who % BUYERS.len()], sold.product, &sold.address, days)
            }
            Step::Cancel { policy } => {
                let sold = self.policies.get(policy % count)?;
                self.world.cancel(sold.holder, sold.product, &sold.address)
            }
            Step::Transfer { policy, to } => {
                let sold = self.policies.get_mut(policy % count)?;
                let to = BUYERS[to % BUYERS.len()];
                let receipt = self.world.transfer_cover(sold.holder, &sold.address, to);
                if receipt.result.is_ok() {
                    sold.holder = to;
                }
                receipt
            }
            Step::ClosePolicy { policy } => {
                let sold = self.policies.get(policy % count)?;
                let receipt = self.world.close_policy(sold.product, &sold.address);
                if receipt.result.is_ok() {
                    self.policies.remove(policy % count);
                }
                receipt
            }
            _ => return None,
        })
    }

    fn buy(&mut self, who: usize, product: u16, amount: u64, term_days: u16) -> Receipt {
        let payer = BUYERS[who % BUYERS.len()];
        let id = self.next_id;
        self.next_id += 1;
        let receipt = self.world.buy(payer, product, id, amount, term_days);
        if receipt.result.is_ok() {
            let address = self.world.policy(product, payer, id);
            self.policies.push(Sold { product, holder: payer, address });
        }
        receipt
    }

    /// A quote is what the sale does right after it, its errors too.
    fn quote_and_buy(&mut self, who: usize, product: u16, amount: u64, term_days: u16) -> Receipt {
        let quoted = self.world.quote(product, amount, term_days);
        let receipt = self.buy(who, product, amount, term_days);
        match (&quoted.result, &receipt.result) {
            (Ok(()), Ok(())) => {
                let sold: Policy = self.world.chain.read(&self.policies.last().expect("it was sold").address);
                let quote = quoted.quote();
                assert_eq!((quote.premium, quote.cover_from, quote.end), (sold.premium, sold.cover_from, sold.end));
                assert!(sold.amount <= quote.capacity, "more was sold than there was room for");
            }
            // The payer has less than the premium.
            (Ok(()), Err(TransactionError::InstructionError(_, InstructionError::Custom(1)))) => {}
            (quoted, sold) => assert_eq!(quoted, sold, "a quote and a sale of {amount} for {term_days} days"),
        }
        receipt
    }

    /// An incident.
    fn incident(&self, pick: usize) -> Option<Address> {
        let (product, number) = *self.incidents.get(pick % self.incidents.len().max(1))?;
        Some(self.world.incident(product, number))
    }

    /// A policy and an incident, mostly of its product.
    fn pair(&self, policy: usize, incident: usize) -> Option<(Sold, Address)> {
        let sold = *self.policies.get(policy % self.policies.len().max(1))?;
        let own: Vec<_> = self.incidents.iter().filter(|incident| incident.0 == sold.product).collect();
        let incident = match own.get(incident % own.len().max(1)) {
            Some((product, number)) => self.world.incident(*product, *number),
            None => self.incident(incident)?,
        };
        Some((sold, incident))
    }
}
