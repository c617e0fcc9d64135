//! The stored layout of every account is frozen: its size, its first eight bytes and the offset of every field, counted
//! from the account's first byte, as `layout.txt` says.
//!
//! Accounts on chain cannot be moved by a compiler: a change here needs a migration. When it is meant, paste what the
//! failing test prints.

use anchor_lang::Discriminator;
use breakwater_state::*;
use std::{
    fmt::{Error, Write},
    mem::{offset_of, size_of},
};

/// Bytes of the discriminator, ahead of the first field.
const HEAD: usize = 8;

/// A field: its name, its offset in the struct, its size.
type Field = (&'static str, usize, usize);

/// The size of the field that `_field` borrows.
fn size_of_field<T, F>(_field: fn(&T) -> &F) -> usize {
    size_of::<F>()
}

/// Asserts that the fields follow each other without padding, and returns the bytes they take.
fn end_of<T>(name: &str, fields: &[Field]) -> usize {
    let mut end = 0_usize;
    for (field, offset, size) in fields {
        assert_eq!(*offset, end, "{name}.{field}: a field before it is not listed here, or there is padding");
        end = offset.saturating_add(*size);
    }
    assert_eq!(end, size_of::<T>(), "{name}: its last fields are not listed here, or there is padding");
    end
}

/// Appends the fields, counted from `head`.
fn list(text: &mut String, fields: &[Field], head: usize) -> Result<(), Error> {
    for (field, offset, _) in fields {
        writeln!(text, "  {field} {}", head.saturating_add(*offset))?;
    }
    Ok(())
}

/// Appends one account's layout.
fn describe<T: Discriminator>(text: &mut String, name: &str, fields: &[Field]) -> Result<(), Error> {
    let end = end_of::<T>(name, fields);
    assert_eq!(T::DISCRIMINATOR.len(), HEAD, "{name}: the discriminator has another length");
    write!(text, "{name} {} ", HEAD.saturating_add(end))?;
    for byte in T::DISCRIMINATOR {
        write!(text, "{byte:02x}")?;
    }
    writeln!(text)?;
    list(text, fields, HEAD)
}

/// Appends the layout of a part of an account, counted from its own first byte.
fn describe_part<T>(text: &mut String, name: &str, fields: &[Field]) -> Result<(), Error> {
    writeln!(text, "part {name} {}", end_of::<T>(name, fields))?;
    list(text, fields, 0)
}

/// The layouts of the accounts, whose fields are listed once.
macro_rules! layouts {
    ($function:ident, $describe:ident: $($account:ident { $($field:ident),* $(,)? })*) => {
        fn $function(text: &mut String) -> Result<(), Error> {
            $($describe::<$account>(text, stringify!($account), &[
                $((stringify!($field), offset_of!($account, $field), size_of_field(|account: &$account| &account.$field))),*
            ])?;)*
            Ok(())
        }
    };
}

layouts! { accounts, describe:
    Assembly {
        version, bump, stake_vault_bump, decimals, max_extensions, reserved_head, creator, governance_mint,
        token_program, stake_vault, total_staked, total_unstaking, voting_period, min_stake_age, unstake_delay,
        extension, voter_count, quorum_bps, threshold_bps, overturn_slash_bps, reserved_params, slashed,
        last_age_day, ages, pools, rent_payer, reserved,
    }
    Voter {
        version, bump, reserved_head, assembly, owner, lot_amounts, lot_times, unstaking, unstake_ready_at, slashed,
        open_votes, records, rent_payer, delegate, delegated_at, reserved,
    }
    Ballot {
        version, bump, state, round, default_level, extensions, max_extensions, prolonged, assembly, subject, pool,
        arbiter, appellant, rent_payer, opens_at, closes_at, closed_at, final_at, eligible_before, eligible_weight,
        quorum_weight, fixed, movable, voting_period, extension, appeal_window, reward_pot, reward_left, appeal_bond,
        votes, live_records, threshold_bps, overturn_slash_bps, level, first_level, window_level, in_window, heard, undecided,
        arbitrated, appeal_bond_state, executed, tips, graded, void, first_opens_at, reserved,
    }
    VoteRecord {
        version, bump, level, round, first_level, released, by_delegate, reserved_head, ballot, voter, rent_payer, weight, voted_at,
        reserved,
    }
    Pool {
        version, bump, vault_bump, share_mint_bump, exit_escrow_bump, decimals, reserved_head, creator, authority,
        guardian, arbiter, treasury, assembly, asset_mint, token_program, vault, share_mint,
        share_token_program, exit_escrow, id, capital, unearned, payable, exits_due, contested, bonds, assessors,
        treasury_due, liens, index, liened_cover, filing_day, held_back, held_incidents, held_approved, held_settled,
        held_before, exits_wait_until, next_wait_at, accrued_at, rate, rate_fraction, active_cover, group_active,
        group_liened, premiums_paid, commissions_paid, protocol_fees, assessor_fees, income_earned, premiums_refunded,
        other_income, claims_settled, claims_paid, policies_sold, change_count, queued_count, set_by, shares,
        exiting_shares, exit_head, exit_count, exit_tail_day, exit_seen_at, exit_called_at, opened_at, sells_from, terms, min_premium,
        vote_reward, rewards_reserved, timelock, paused_until, next_pause_at, open_incidents, current_incidents,
        fresh_incidents, contested_incidents, filings_due, generation, product_count, exit_delay_days, season_days,
        leverage_bps, protocol_fee_bps, assessor_fee_bps, cancel_fee_bps, sold_leverage_bps, group_caps_bps,
        filing_ring, incidents_opened, held_for, children, accepted_liens, day_capital, income_rate, income_end_day,
        assessors_limit, seasoned_shares, season_ring, rent_payer, exits_awaited_until, early_paid, sure_liens, rivals_ended_at, rivals,
        awaiting_changes, handed_over, deposited, unsettled, settled, sale_terms, stake_floor, cover_per_stake, court_set_by,
        rate_ring, cover_ring,
    }
    Product {
        version, bump, status, risk_kind, trigger, group, index, pool, trigger_source, terms_hash, name, terms_uri,
        active_cover, rolled_day, min_amount, max_amount, incident_bond, dispute_window, appeal_window,
        policies_sold, last_rejected_at, incident_count, r0_ppm, r1_ppm, r2_ppm, kink_bps, weight_bps, min_term_days,
        max_term_days, waiting_days, grace_days, deductible_bps, report_window_days, filing_window_days,
        claim_bond_bps, bond_doublings, reserved_params, line, price, draws, overdue, opening_active,
        opening_capacity, rent_payer, policies_closed, incidents_closed, next_claim_bond_bps, court_failed,
        reserved_counts, next_incident_bond, assembly, set_by, settled, settled_until, arbiter, terms, last_release_day,
        returned, stake_floor, cover_ring,
    }
    Policy {
        version, bump, reserved_head, pool, product, holder, payer, terms_hash, id, amount, claimed, paid,
        premium, unearned_premium, commission, protocol_fee, assessor_fee, refunded, rate, bought_at, cover_from,
        end, release_day, held, open_claims, deductible_bps, grace_days, filing_window_days, cancel_fee_bps,
        waiting_bonds, losses, bought, cancelled_at, cancel_refund, given_back, reserved,
    }
    ExitEpoch {
        version, bump, tips, reserved_head, pool, rent_payer, number, day, shares, burned, paid,
        collected, index_from, index_to, tickets, contested_incidents, asked_at, reserved,
    }
    ExitTicket {
        version, bump, reserved_head, pool, owner, receiver, rent_payer, id, shares, epoch, requested_at, paid,
        reserved,
    }
    Retired {
        version, bump, reserved_head, generation, pool, share_mint, rent_payer, shares, capital, reserved,
    }
    Incident {
        version, bump, state, trigger, bond_state, tips, severity_bps, pool, product, opener, rent_payer, ballot,
        evidence_hash, evidence_uri, occurred_at, opened_at, filing_ends_at, disputes_end_at, dispute_window,
        appeal_window, bond, product_bond, lien, filed, approved, settled, held_back, contested, recovered, paid,
        decided_at, closed_at, index, claim_count, open_disputes, live_accounts, claim_bond_bps, filing_window_days,
        refuted, filing_ended, reserved_params, part, bond_owner, challenge_ends_at, measured_from, measured_until,
        generation, reserved_generation, number, policy, line, assembly, first_release_day, waiting, stake_floor, early_paid,
    }
    Claim {
        version, bump, state, dispute_bond_state, tips, bond_waits, level, reserved_head, incident, policy, claimant,
        receiver, funder, rent_payer, evidence_hash, evidence_uri, disputer, dispute_ballot, dispute_hash, dispute_uri,
        loss, claimed, amount, paid, on_account, bond, dispute_bond, filed_at, disputes_end_at, reserved,
    }
    Change {
        version, bump, state, bond_state, tips, reserved_head, pool, product, proposer, ballot, rent_payer, id, bond,
        queued_at, number, ready_at, applies_at, proposal, exits_until, timelock, reserved,
    }
}

layouts! { parts, describe_part:
    Wide {
        low, high,
    }
    StoredIndex {
        mantissa, shift, era,
    }
    Line {
        set_aside, sure, paid, reported, claimable, head, open, undecided, accepted, paid_shift, sure_part,
    }
    Part {
        reported, freed_at, ended_at, set_aside, paid_before, freed, rest, freed_to, rest_to,
    }
    PriceTrigger {
        strike, floor, started_at, measured_from, measured_until, seen_at, severity_seconds, exponent, max_age,
        min_duration, max_gap, severity_bps, awaits_recovery, reserved,
    }
    DrawLimit {
        period, refilled_at, lacked, full, limit_bps, reserved,
    }
}

#[test]
fn stored_layouts_are_frozen() -> Result<(), Error> {
    let mut found = String::new();
    accounts(&mut found)?;
    parts(&mut found)?;
    let frozen = include_str!("layout.txt");
    assert!(found == frozen, "the layout of an account changed; if that is meant, layout.txt becomes:\n{found}");
    Ok(())
}
