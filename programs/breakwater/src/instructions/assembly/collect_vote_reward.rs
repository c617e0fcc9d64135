use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, Ballot, BreakwaterError, Pool, VoteRecord, Voter, events::VoteReleased};

/// Accounts of `collect_vote_reward`.
#[derive(Accounts)]
pub struct CollectVoteReward {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool the ballot is about.
    #[account(mut, address = ballot.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The assembly that voted.
    #[account(mut, address = ballot.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The ballot.
    #[account(mut, address = record.ballot @ BreakwaterError::WrongBallot)]
    pub ballot: Account<Ballot>,
    /// The vote.
    #[account(mut)]
    pub record: Account<VoteRecord>,
    /// The voter.
    #[account(mut, address = record.voter @ BreakwaterError::WrongVoter)]
    pub voter: Account<Voter>,
    /// Owner of the stake; need not sign.
    #[account(address = voter.owner @ BreakwaterError::NotVoter)]
    pub owner: UncheckedAccount,
    /// Who paid the record's rent and gets it back.
    #[account(mut, address = record.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
    /// The owner's associated token account of the asset; any when the owner signs. Without it the vote is released, and a reward waits.
    #[account(mut, unsafe(dup))]
    pub receiver: Option<UncheckedAccount>,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Releases a vote once its ballot is final: ends the lock of the stake, and takes what is lost when an appeal overturned it. Nothing
/// of the pool, nor of anyone's token account, can keep the stake from that.
///
/// Once the outcome was read too it pays the vote's part of the reward and closes the record, of whose rent the caller gets a tip.
/// Anyone may, as often as there is something to do.
///
/// It moves what is reserved for voters, which time does not change, so it accrues nothing.
pub fn collect_vote_reward(ctx: &mut Context<CollectVoteReward>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let was_released = accounts.record.released == 1;
    let slash = accounts.ballot.release(&mut accounts.record, &mut accounts.voter, &mut accounts.assembly, now()?)?;
    let taken = accounts.ballot.take_reward(&accounts.record, &mut accounts.voter, accounts.receiver.is_some());
    let reward = match &taken {
        // What was released before is called for its reward.
        Err(error) if was_released => return Err((*error).into()),
        Err(_) => 0,
        Ok(reward) => {
            accounts.pool.unreserve_reward(reward.forfeited)?;
            reward.paid
        }
    };
    if reward > 0 {
        accounts.pool.pay_reward(reward)?;
        let receiver = accounts.receiver.as_mut().ok_or(BreakwaterError::WrongReceiver)?;
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
            &mut accounts.pool,
            &mut accounts.vault,
            receiver,
            &accounts.owner,
            reward,
        )?;
        accounts.pool.check_books(accounts.vault.amount())?;
    }

    log(&VoteReleased {
        ballot: *accounts.ballot.address(),
        voter: *accounts.voter.address(),
        reward,
        closed: u64::from(taken.is_ok()),
        slash,
        staked: accounts.voter.staked()?,
        total_staked: accounts.assembly.total_staked,
        books: accounts.pool.books(),
    });
    if taken.is_ok() { rent::close_for(&mut accounts.record, &accounts.rent_payer, &accounts.caller) } else { Ok(()) }
}
