//! Every account of the world beside what the model says of it.

use crate::{
    expect::Expected,
    model::{self, Dispute, Token},
    play::Play,
    steps::Step,
};
use coverage_client::*;
use harness::Chain;
use solana_address::Address;
use solana_program_pack::Pack as _;
use std::fmt::Debug;

impl Play<'_> {
    /// Compares everything there is with the model.
    pub fn compare(&mut self, step: &Step) {
        let Self { world, model, sites, pools, products, assembly, .. } = self;
        let expected = Expected { model, sites };
        let chain = &mut world.chain;
        for (pool, found) in pools.iter().enumerate() {
            let name = format!("pool {pool}");
            same(chain.read(&found.1), expected.pool(pool, &found.0), &name, step);
            let (here, site) = (&model.pools[pool], &sites.pools[pool]);
            let tokens =
                [balance(chain, &site.vault), balance(chain, &site.exit_escrow), supply(chain, &site.share_mint)];
            let wanted = [here.vault, here.escrow, here.supply].map(|amount| u64::try_from(amount).expect("tokens"));
            same(tokens, wanted, &format!("vault, escrow and supply of {name}"), step);
        }
        for (product, found) in products.iter().enumerate() {
            let name = format!("product {product}");
            same(chain.read(&found.1), expected.product(product, &found.0), &name, step);
        }
        for (number, policy) in model.policies.iter().enumerate() {
            let name = format!("policy {number}");
            if policy.closed {
                gone(chain, &policy.address, &name, step);
                continue;
            }
            let found: Policy = chain.read(&policy.address);
            same(found, expected.policy(number, found.bump), &name, step);
        }
        for (number, epoch) in model.epochs.iter().enumerate() {
            let name = format!("exit epoch {number}");
            if epoch.closed {
                gone(chain, &epoch.address, &name, step);
                continue;
            }
            let found: ExitEpoch = chain.read(&epoch.address);
            same(found, expected.epoch(number, found.bump), &name, step);
        }
        for (number, ticket) in model.tickets.iter().enumerate() {
            let name = format!("exit ticket {number}");
            if ticket.day.is_none() {
                gone(chain, &ticket.address, &name, step);
                continue;
            }
            let found: ExitTicket = chain.read(&ticket.address);
            same(found, expected.ticket(number, found.bump), &name, step);
        }
        for (number, incident) in model.incidents.iter().enumerate() {
            let name = format!("incident {number}");
            if incident.gone {
                gone(chain, &incident.address, &name, step);
                continue;
            }
            let found: Incident = chain.read(&incident.address);
            same(lamports(chain, &incident.address), rent_of::<Incident>(found.tips), &name, step);
            same(found, expected.incident(number, found.bump), &name, step);
        }
        for (number, claim) in model.claims.iter().enumerate() {
            let name = format!("claim {number}");
            if claim.gone {
                gone(chain, &claim.address, &name, step);
            } else {
                let found: Claim = chain.read(&claim.address);
                same(lamports(chain, &claim.address), rent_of::<Claim>(found.tips), &name, step);
                same(found, expected.claim(number, found.bump), &name, step);
            }
            for dispute in &claim.disputes {
                let name = format!("dispute of {name}");
                // Who disputes again does so at the same address.
                let again = |other: &Dispute| other.address == dispute.address && !other.gone;
                if dispute.gone && !claim.disputes.iter().any(again) {
                    gone(chain, &dispute.address, &name, step);
                } else if !dispute.gone {
                    let found: coverage_client::Dispute = chain.read(&dispute.address);
                    same(found, expected.dispute(claim, dispute, found.bump), &name, step);
                }
            }
        }
        same(chain.read(&sites.assembly), expected.assembly(assembly), "assembly", step);
        for (name, voter) in &model.assembly.voters {
            let found: Voter = chain.read(&voter.address);
            same(found, expected.voter(name, found.bump), &format!("voter {name}"), step);
        }
        for (number, ballot) in model.assembly.ballots.iter().enumerate() {
            let name = format!("ballot {number}");
            if ballot.gone {
                gone(chain, &ballot.address, &name, step);
            } else {
                let found: Ballot = chain.read(&ballot.address);
                same(lamports(chain, &ballot.address), rent_of::<Ballot>(found.tips), &name, step);
                same(found, expected.ballot(ballot, found.bump), &name, step);
            }
            for (round, vote) in
                (0..).zip(&ballot.rounds).flat_map(|(number, round)| round.votes.iter().map(move |vote| (number, vote)))
            {
                let name = format!("vote in round {round} of {name}");
                if vote.released.is_some() {
                    gone(chain, &vote.address, &name, step);
                    continue;
                }
                let found: VoteRecord = chain.read(&vote.address);
                same(found, expected.vote(ballot, round, vote, found.bump), &name, step);
            }
        }
        for ((name, token), wanted) in &model.wallets {
            let address = sites.wallet(name, *token);
            let found = match token {
                Token::Lamports => lamports(chain, &address),
                _ => balance(chain, &address),
            };
            same(i128::from(found), *wanted, &format!("{token:?} of {name}"), step);
        }
        let stakes = i128::from(balance(chain, &sites.stake_vault));
        let assembly = &model.assembly;
        let wanted = assembly.staked(u64::MAX) + assembly.unstaking() + assembly.slashed;
        same(stakes, wanted, "the stake vault", step);
        let wallets = model.wallets.iter().filter(|((_, token), _)| *token == Token::Governance);
        let staked = wallets.map(|(_, amount)| amount).sum::<i128>() + wanted;
        same(supply(chain, &sites.governance()).into(), staked, "the supply of the staked token", step);
    }
}

/// Lamports of an account.
fn lamports(chain: &mut impl Chain, account: &Address) -> u64 {
    chain.account(account).map_or(0, |account| account.lamports)
}

/// What an account must have with so many tips set aside in it.
fn rent_of<T: ZeroCopy>(tips: u8) -> u64 {
    u64::try_from(model::rent(T::SIZE) + model::CRANK_TIP * model::Atoms::from(tips)).expect("few lamports")
}

/// Tokens in an account.
fn balance(chain: &mut impl Chain, account: &Address) -> u64 {
    let account = chain.account(account).expect("a token account");
    spl_token_interface::state::Account::unpack(&account.data).expect("a token account").amount
}

/// Supply of a mint.
fn supply(chain: &mut impl Chain, mint: &Address) -> u64 {
    let mint = chain.account(mint).expect("a mint");
    spl_token_interface::state::Mint::unpack(&mint.data).expect("a mint").supply
}

/// Asserts that an account has been closed.
fn gone(chain: &mut impl Chain, address: &Address, name: &str, step: &Step) {
    let left = chain.account(address).is_some_and(|account| account.lamports > 0);
    assert!(!left, "{name} was closed and is still there, after {step:?}");
}

/// Asserts that the chain has what the model says; names the fields in which they differ.
fn same<T: PartialEq + Debug>(found: T, expected: T, name: &str, step: &Step) {
    if found == expected {
        return;
    }
    let (found, expected) = (format!("{found:#?}"), format!("{expected:#?}"));
    let lines = found.lines().zip(expected.lines());
    let differences: Vec<_> = lines
        .filter(|(found, expected)| found != expected)
        .map(|(found, expected)| format!("chain {} model {}", found.trim(), expected.trim()))
        .collect();
    panic!("{name} after {step:?}:\n{}", differences.join("\n"));
}
