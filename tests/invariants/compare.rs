//! Every account of the world beside what the model says of it.

use crate::{expect::Expected, play::Play, steps::Step};
use coverage_client::*;
use coverage_model::{self as model, Atoms, Token};
use harness::Chain;
use solana_address::Address;
use solana_program_pack::Pack as _;
use std::fmt::Debug;

impl Play<'_> {
    /// Compares everything there is with the model.
    pub fn compare(&mut self, step: &Step) {
        let Self { world, model, sites, pools, products, assembly, other_court, .. } = self;
        let expected = Expected { model, sites };
        let chain = &mut world.chain;
        for (pool, found) in pools.iter().enumerate() {
            let name = format!("pool {pool}");
            if model.pools[pool].closed {
                let (_, exit_escrow) = sites.shares(model, pool);
                for (place, what) in
                    [(found.1, ""), (sites.pools[pool].vault, "the vault of "), (exit_escrow, "the escrow of ")]
                {
                    gone(chain, &place, &format!("{what}{name}"), step);
                }
                continue;
            }
            let now: Pool = chain.read(&found.1);
            same(now, expected.pool(pool, &found.0, &now), &name, step);
            let (here, site, (share_mint, exit_escrow)) =
                (&model.pools[pool], &sites.pools[pool], sites.shares(model, pool));
            let tokens = [balance(chain, &site.vault), balance(chain, &exit_escrow), supply(chain, &share_mint)];
            let wanted = [here.vault, here.escrow, here.supply].map(|amount| u64::try_from(amount).expect("tokens"));
            same(tokens, wanted, &format!("vault, escrow and supply of {name}"), step);
        }
        for (product, found) in products.iter().enumerate() {
            let name = format!("product {product}");
            if model.products[product].closed {
                gone(chain, &found.1, &name, step);
                continue;
            }
            same(chain.read(&found.1), expected.product(product, &found.0), &name, step);
        }
        for (number, change) in model.changes.iter().enumerate() {
            let (name, address) = (format!("change {number}"), sites.change(model, number));
            if change.closed {
                gone(chain, &address, &name, step);
                continue;
            }
            let found: Change = chain.read(&address);
            same(lamports(chain, &address), rent_of(model::Account::Change, found.tips), &name, step);
            same(found, expected.change(number, found.bump), &name, step);
        }
        for (number, policy) in model.policies.iter().enumerate() {
            let (name, address) = (format!("policy {number}"), sites.policy(model, number));
            if policy.closed {
                gone(chain, &address, &name, step);
                continue;
            }
            let found: Policy = chain.read(&address);
            same(found, expected.policy(number, found.bump), &name, step);
        }
        for (number, epoch) in model.epochs.iter().enumerate() {
            let (name, address) = (format!("exit epoch {number}"), sites.epoch(model, number));
            if epoch.closed {
                gone(chain, &address, &name, step);
                continue;
            }
            let found: ExitEpoch = chain.read(&address);
            same(lamports(chain, &address), rent_of(model::Account::ExitEpoch, found.tips), &name, step);
            same(found, expected.epoch(number, found.bump), &name, step);
        }
        for (number, ticket) in model.tickets.iter().enumerate() {
            let (name, address) = (format!("exit ticket {number}"), sites.ticket(model, number));
            if ticket.closed {
                gone(chain, &address, &name, step);
                continue;
            }
            let found: ExitTicket = chain.read(&address);
            same(found, expected.ticket(number, found.bump), &name, step);
        }
        for (number, retired) in model.retired.iter().enumerate() {
            let (name, address) = (format!("retired {number}"), sites.retired(model, number));
            let supplied = supply(chain, &sites.share_mint_of(retired.pool, retired.generation));
            same(Atoms::from(supplied), retired.supply, &format!("the supply of {name}"), step);
            if retired.closed {
                gone(chain, &address, &name, step);
                gone(chain, &sites.escrow_of(retired.pool, retired.generation), &format!("the escrow of {name}"), step);
                continue;
            }
            let found: Retired = chain.read(&address);
            same(found, expected.retired(number, found.bump), &name, step);
        }
        for (number, incident) in model.incidents.iter().enumerate() {
            let (name, address) = (format!("incident {number}"), sites.incident(model, number));
            if incident.gone {
                gone(chain, &address, &name, step);
                continue;
            }
            let found: Incident = chain.read(&address);
            same(lamports(chain, &address), rent_of(model::Account::Incident, found.tips), &name, step);
            same(found, expected.incident(number, found.bump), &name, step);
        }
        for (number, claim) in model.claims.iter().enumerate() {
            let (name, address) = (format!("claim {number}"), sites.claim(model, number));
            if claim.gone {
                gone(chain, &address, &name, step);
            } else {
                let found: Claim = chain.read(&address);
                same(lamports(chain, &address), rent_of(model::Account::Claim, found.tips), &name, step);
                same(found, expected.claim(number, found.bump), &name, step);
            }
        }
        if model.assembly_closed {
            gone(chain, &sites.courts[0], "assembly", step);
        } else {
            same(chain.read(&sites.courts[0]), expected.assembly(assembly), "assembly", step);
        }
        if let Some(other_court) = other_court {
            same(chain.read(&sites.courts[1]), expected.other_court(other_court), "the other court", step);
        }
        for voter in model.voters.iter() {
            if voter.closed {
                if model.voter(voter.owner).is_none() {
                    gone(chain, &sites.voter(voter.owner), &format!("voter {}", voter.owner), step);
                }
                continue;
            }
            let found: Voter = chain.read(&sites.voter(voter.owner));
            same(found, expected.voter(voter, found.bump), &format!("voter {}", voter.owner), step);
        }
        for (number, ballot) in model.ballots.iter().enumerate() {
            let (name, address) = (format!("ballot {number}"), sites.ballot(model, number));
            if ballot.gone {
                gone(chain, &address, &name, step);
            } else {
                let found: Ballot = chain.read(&address);
                same(lamports(chain, &address), rent_of(model::Account::Ballot, found.tips), &name, step);
                same(found, expected.ballot(number, found.bump), &name, step);
            }
            for vote in &ballot.votes {
                let name = format!("vote of {} in {name}", vote.voter);
                let address = sites.record(model, number, vote.voter);
                if vote.paid.is_some() {
                    gone(chain, &address, &name, step);
                    continue;
                }
                let found: VoteRecord = chain.read(&address);
                same(found, expected.vote(number, vote), &name, step);
            }
        }
        for (name, token, wanted) in model.wallets.iter() {
            let address = sites.wallet(name, token);
            let found = match token {
                Token::Lamports => lamports(chain, &address),
                _ => balance(chain, &address),
            };
            same(Atoms::from(found), wanted, &format!("{token:?} of {name}"), step);
        }
        let stakes = Atoms::from(balance(chain, &sites.stake_vault));
        let wanted = model.staked(u64::MAX) + model.unstaking() + model.slashed_stake();
        same(stakes, wanted, "the stake vault", step);
        let purses = model.wallets.iter().filter(|(_, token, _)| *token == Token::Governance);
        let supplied = purses.map(|(.., amount)| amount).sum::<Atoms>() + wanted;
        same(supply(chain, &sites.governance()).into(), supplied, "the supply of the staked token", step);
    }
}

/// Lamports of an account.
fn lamports(chain: &mut impl Chain, account: &Address) -> u64 {
    chain.account(account).map_or(0, |account| account.lamports)
}

/// What an account must have with so many tips set aside in it.
fn rent_of(account: model::Account, tips: u8) -> u64 {
    u64::try_from(account.rent()).expect("few lamports") + model::CRANK_TIP * u64::from(tips)
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
