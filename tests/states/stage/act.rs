//! Everything that can be done on a stage.

use super::{AGAINST, DELEGATE, FOR, HALF, OWNERS, Stage, VOTERS};
use coverage_client::{
    ClaimBreach, DecideIncident, PayBooking, Payout, Pool, SettleIncident, SubmitClaim, Vote, vote_record_address,
    voter_address,
};
use coverage_math::DAY;
use harness::{
    PriceUpdate, Receipt, UNIT, WorldPrice as _, claim_request,
    trials::{NOBODY, edit},
};
use solana_address::Address;
use std::mem::offset_of;

/// Something that somebody does, by an instruction.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    // On the ballot
    Vote(&'static str, u8),
    /// By their delegate, who has no stake.
    VoteFor(&'static str, u8),
    CloseBallot,
    Appeal,
    Arbitrate(u8),
    CollectVoteReward(&'static str),
    ReleaseVote(&'static str),
    CollectAppealBond,
    ReclaimBallot,
    // On the incident
    Report,
    Buy,
    File(&'static str, u64),
    Decide,
    EndFiling,
    Settle,
    SettleRest,
    Payout,
    CollectBond,
    Recover(u64),
    PayExits,
    Release,
    EndTheOneBefore,
    ClosePolicy,
    CloseIncident,
    // On what prices opened
    ClaimBreach(&'static str),
    Challenge,
    Refute,
    // On a booking
    PayBooking,
    SettleBooking,
    // On dora's claim
    PayoutToFunder,
    Dispute(&'static str),
    Resolve,
    CollectDisputeBond,
    Redirect,
    Transfer,
    Extend,
    Cancel,
    CloseClaim,
}

impl Stage {
    /// Does it.
    pub fn act(&mut self, act: Act) -> Receipt {
        let (incident, policy, subject) = (self.incident_address(), self.policy(), self.subject);
        match act {
            Act::Vote(name, level) => self.world.vote_at(name, &subject, level),
            Act::VoteFor(owner, level) => {
                let accounts = self.world.vote_for_accounts(DELEGATE, owner, &subject);
                let accounts = Vote { payer: self.world.key(owner), ..accounts };
                self.world.send(accounts.instruction(level), &[DELEGATE, owner])
            }
            Act::CloseBallot => self.world.close_ballot(&subject),
            Act::Appeal => self.world.appeal("opal", &subject),
            Act::Arbitrate(level) => self.world.arbitrate_at("arbiter", &subject, level),
            Act::CollectVoteReward(name) => self.world.collect_vote_reward(name, &subject),
            Act::ReleaseVote(name) => self.world.release_vote(name, &subject),
            Act::CollectAppealBond => {
                let mut accounts = self.world.collect_appeal_bond_accounts("opal", &subject);
                // As the one who reads the ballot would: nobody appealed, nobody gets it.
                accounts.appellant = self.ballot().map_or(accounts.appellant, |ballot| ballot.appellant);
                self.world.send(accounts.instruction(), &[])
            }
            Act::ReclaimBallot => {
                let rent_payer = if self.is_on_claim() { "dan" } else { "opal" };
                self.world.reclaim_ballot(rent_payer, &subject)
            }
            Act::Report => {
                let (nth, now) = (self.world.read_product(0).incident_count, self.world.now());
                self.world.open_incident("opal", 0, nth, now - 3_600)
            }
            Act::Buy => self.world.buy("bree", 0, 0, 1_000 * UNIT, 30),
            Act::File(holder, loss) => self.file(holder, 0, loss),
            Act::Decide => {
                let SettleIncident { caller, pool, product, incident, vault, .. } =
                    self.world.settle_accounts(0, self.nth);
                let ballot = self.incident().map(|incident| incident.ballot).filter(|ballot| *ballot != NOBODY);
                let policy = self.is_booking().then_some(policy);
                let accounts = DecideIncident { caller, pool, product, incident, ballot, policy, vault };
                self.world.send(accounts.instruction(), &[])
            }
            Act::EndFiling => self.world.end_filing(0, self.nth),
            Act::Settle => self.world.settle_decided(0, self.nth),
            Act::SettleRest => self.world.settle_rest(&incident),
            Act::Payout => self.payout(None),
            Act::PayoutToFunder => self.payout(Some(self.world.tokens("gil", &self.world.asset()))),
            Act::CollectBond => {
                // A booking that stands brings its holder a part of the bond.
                let holder = self.world.key("dora");
                let is_hers = self.incident().is_some_and(|incident| incident.bond_owner == holder);
                let mut accounts = self.world.collect_bond_accounts(if is_hers { "dora" } else { "opal" }, &incident);
                // As the one who reads the incident would: nobody posted it, nobody gets it.
                accounts.bond_owner = self.incident().map_or(accounts.bond_owner, |incident| incident.bond_owner);
                self.world.send(accounts.instruction(), &[])
            }
            Act::Recover(amount) => self.world.recover("ruth", &incident, amount),
            Act::PayExits => {
                self.call_exits_yesterday();
                self.world.pay_exits()
            }
            Act::Release => self.world.release_contested(&incident, 0),
            Act::EndTheOneBefore => self.world.settle(0, self.nth - 1),
            Act::ClosePolicy => {
                let expired = self.world.policy(0, "finn", 0);
                self.world.close_policy(0, &expired)
            }
            Act::CloseIncident => {
                let rent_payer = if self.is_booking() { "venue" } else { "opal" };
                self.world.close_incident(rent_payer, &incident)
            }
            Act::ClaimBreach(holder) => {
                let (policy, receiver) =
                    (self.world.policy(0, holder, 0), self.world.tokens("heir", &self.world.asset()));
                let accounts = self.world.claim_breach_accounts(holder, holder, &policy, &incident);
                self.world.send(ClaimBreach { receiver, ..accounts }.instruction(), &[holder])
            }
            Act::Challenge => self.world.challenge("opal", 0, self.nth),
            Act::Refute => {
                let inside = self.incident().map_or(1, |incident| incident.measured_from + 1);
                self.world.refute_incident(0, self.nth, &PriceUpdate::of(98_000_000, inside))
            }
            Act::PayBooking => self.world.pay_booking("dora", 0, &policy, self.nth),
            Act::SettleBooking => {
                let accounts = self.world.pay_booking_accounts("dora", 0, &policy, self.nth);
                self.world.send(PayBooking { receiver: None, ..accounts }.instruction(), &[])
            }
            Act::Dispute(name) => self.world.dispute(name, &policy, &incident),
            Act::Resolve => self.world.resolve_dispute(&policy, &incident),
            Act::CollectDisputeBond => {
                let mut accounts = self.world.collect_dispute_bond_accounts("dan", &policy, &incident);
                // As the one who reads the claim would: nobody disputed it, nobody gets it.
                accounts.disputer = self.claim().map_or(accounts.disputer, |claim| claim.disputer);
                self.world.send(accounts.instruction(), &[])
            }
            Act::Redirect => {
                let receiver = self.world.tokens("bob", &self.world.asset());
                let accounts = self.world.redirect_accounts("dora", &policy, &incident, &receiver);
                self.world.send(accounts.instruction(), &["dora"])
            }
            Act::Transfer => self.world.transfer_cover("dora", &policy, "bree"),
            Act::Extend => self.world.extend("dora", 0, &policy, 30),
            Act::Cancel => self.world.cancel("dora", 0, &policy),
            Act::CloseClaim => self.world.close_claim("dora", &policy, &incident),
        }
    }

    /// Whether the incident is a booking.
    fn is_booking(&mut self) -> bool {
        self.incident().is_some_and(|incident| incident.is_booking())
    }

    /// The holder of a policy of a product files a claim in an incident of it, to be paid to an heir.
    pub fn file(&mut self, holder: &str, product: u16, loss: u64) -> Receipt {
        let accounts = self.filing(holder, product);
        self.world.send(accounts.instruction(&claim_request(loss)), &[holder])
    }

    /// Accounts of the same.
    fn filing(&self, holder: &str, product: u16) -> SubmitClaim {
        let nth = if product == 0 { self.nth } else { 0 };
        let (policy, incident) = (self.world.policy(product, holder, 0), self.world.incident(product, nth));
        let receiver = self.world.tokens("heir", &self.world.asset());
        SubmitClaim { receiver, ..self.world.claim_accounts(holder, &policy, &incident) }
    }

    /// Dora files her claim, and gil posts its bond.
    pub fn file_funded(&mut self, loss: u64) -> Receipt {
        let (funder, funder_token) = (self.world.key("gil"), self.world.tokens("gil", &self.world.asset()));
        let accounts = SubmitClaim { funder, funder_token, ..self.filing("dora", 0) };
        self.world.send(accounts.instruction(&claim_request(loss)), &["dora", "gil"])
    }

    /// Pays dora's claim out, and its bond to who else posted it, if they are to be paid.
    fn payout(&mut self, funder_token: Option<Address>) -> Receipt {
        let mut accounts = self.world.payout_accounts("heir", &self.policy(), &self.incident_address());
        // As the one who reads the claim would.
        accounts.funder = self.claim().map_or(accounts.funder, |claim| claim.funder);
        self.world.send(Payout { funder_token, ..accounts }.instruction(), &[])
    }

    /// Payouts of dora's claim; its bond apart where gil posted it.
    pub fn payouts(&mut self) -> Vec<Act> {
        let gils = self.world.key("gil");
        let funded = self.claim().is_some_and(|claim| claim.funder == gils);
        if funded { vec![Act::Payout, Act::PayoutToFunder] } else { vec![Act::Payout] }
    }

    /// As if somebody had called the exits that wait a day ago: nobody pays them in the course of a stage.
    fn call_exits_yesterday(&mut self) {
        let (pool, yesterday) = (self.world.pool(), self.world.now() - DAY);
        edit(&mut self.world, &pool, offset_of!(Pool, exit_called_at), &yesterday.to_le_bytes());
    }

    /// Whether a voter's record in the ballot under test exists.
    fn has_voted(&mut self, name: &str) -> bool {
        let voter = voter_address(&self.world.assembly(), &self.world.key(name));
        self.exists(&vote_record_address(&coverage_client::ballot_address(&self.subject), &voter))
    }

    /// The answers to the ballot under test: half of a claim stands for all that are between none and all of it.
    fn answers(&mut self) -> Vec<u8> {
        let is_graded = self.ballot().is_some_and(|ballot| ballot.graded == 1);
        if is_graded { vec![AGAINST, HALF, FOR] } else { vec![AGAINST, FOR] }
    }

    /// Every vote.
    pub fn votes_to_cast(&mut self) -> Vec<Act> {
        let answers = self.answers();
        let own = VOTERS.into_iter().flat_map(|(name, _)| answers.iter().map(move |level| Act::Vote(name, *level)));
        let by_delegate =
            OWNERS.into_iter().flat_map(|name| answers.iter().map(move |level| Act::VoteFor(name, *level)));
        own.chain(by_delegate).collect()
    }

    /// Those whose votes' records are not closed.
    pub fn voters_left(&mut self) -> Vec<&'static str> {
        VOTERS.into_iter().map(|(name, _)| name).filter(|name| self.has_voted(name)).collect()
    }

    /// The release of every vote whose record is not closed, and its payment; that of a vote nobody cast, when there is none.
    pub fn votes_to_release(&mut self) -> Vec<Act> {
        let mut cast = self.voters_left();
        if cast.is_empty() {
            cast.push("vera");
        }
        cast.into_iter().flat_map(|name| [Act::CollectVoteReward(name), Act::ReleaseVote(name)]).collect()
    }

    /// The end of the incident before this one in line, if there is one.
    pub fn end_of_the_one_before(&mut self) -> Vec<Act> {
        if self.nth == 0 { vec![] } else { vec![Act::EndTheOneBefore] }
    }

    /// Every decision of the arbiter.
    pub fn decisions(&mut self) -> Vec<Act> {
        self.answers().into_iter().map(Act::Arbitrate).collect()
    }
}
