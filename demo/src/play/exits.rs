//! Coming to sell, and leaving.

use super::Play;
use crate::{actors, foresee::POOL, places::Place};
use anyhow::{Context, Result};
use coverage_client::{CollectExit, Event, OpenPool, PayExits, ReleaseContested, RequestExit, exit_ticket_address};
use coverage_model::{DAY, Name};

impl Play<'_> {
    pub(super) fn open_pool(&mut self, who: Name) -> Result<()> {
        let open = OpenPool { authority: actors::address(who), pool: self.places.pool };
        let receipt = self.send(who, &[open.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::PoolOpened(opened) => Some(opened),
            _ => None,
        })?;
        self.foresee(event.opened_at, |model| model.open_pool(POOL))?;
        let (_, sells_from) = self.model.pools[POOL].opened.context("it was opened")?;
        self.same("when it sells", sells_from, event.sells_from);
        let days = event.sells_from.saturating_sub(event.opened_at) / DAY;
        self.tell(who, &format!("announces the pool open: it sells cover in {days} days"), &receipt);
        Ok(())
    }

    /// The number of a ticket and of its epoch in the model.
    fn exit(&self, name: Name) -> Result<(usize, usize)> {
        let ticket = self.places.exits.get(name).with_context(|| format!("no exit {name}"))?.number;
        Ok((ticket, self.model.tickets[ticket].epoch))
    }

    pub(super) fn request_exit(&mut self, who: Name, name: Name, shares: u64) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let id = u64::try_from(places.exits.len())?;
        self.model.now = self.model.now.max(self.network.now()?);
        let (number, _) = self.model.exit_epoch(POOL);
        let ticket = exit_ticket_address(&places.pool, &key, id);
        let request = RequestExit {
            owner: key,
            payer: key,
            pool: places.pool,
            ticket,
            epoch: places.epoch(number),
            owner_shares: places.tokens(who, &places.share_mint),
            exit_escrow: places.exit_escrow(),
            receiver: places.tokens(who, &places.asset),
            share_token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[request.instruction(id, number, shares)])?;
        let event = receipt.event(|event| match event {
            Event::ExitRequested(requested) => Some(requested),
            _ => None,
        })?;
        let pool = self.pool()?;
        let asked = self.foresee(pool.accrued_at, |model| model.request_exit(POOL, (who, who), id, number, shares))?;
        self.places.exits.insert(name, Place { address: ticket, number: asked });
        let epoch = &self.model.epochs[self.model.tickets[asked].epoch];
        let (day, all) = (epoch.day, epoch.shares);
        self.same(&format!("the day of {name}"), day, event.day);
        self.same("the shares of its epoch", all, event.epoch_shares);
        self.same_pool(&pool);
        let shares = self.shares().short(shares);
        self.tell(who, &format!("asks to leave with {shares} shares, {name}"), &receipt);
        Ok(())
    }

    /// Pays the epoch of an exit, once its day has come.
    pub(super) fn pay_exits(&mut self, who: Name, name: Name) -> Result<()> {
        let (_, epoch) = self.exit(name)?;
        let (number, day) = (self.model.epochs[epoch].number, self.model.epochs[epoch].day);
        let ahead = day.saturating_mul(DAY).saturating_sub(self.network.now()?);
        if ahead > 0 {
            self.network.pass(ahead)?;
        }
        let places = &self.places;
        let pay = PayExits {
            caller: actors::address(who),
            pool: places.pool,
            epoch: places.epoch(number),
            exit_escrow: places.exit_escrow(),
            share_mint: places.share_mint,
            share_token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[pay.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::ExitsPaid(paid) => Some(paid),
            _ => None,
        })?;
        let pool = self.pool()?;
        let payment = self.foresee(pool.accrued_at, |model| model.pay_exits(epoch, who))?;
        let payment = self.model.payments[payment];
        let waiting = self.model.waiting(epoch);
        self.same(&format!("the shares burned for {name}"), payment.shares, event.burned);
        self.same(&format!("what is paid to {name}"), payment.worth - payment.contested, event.paid);
        self.same(&format!("what of {name} is contested"), payment.contested, event.contested);
        self.same(&format!("what of {name} waits"), waiting, event.waiting);
        self.same_pool(&pool);
        let asset = &self.scenario.asset;
        let (paid, contested) = (asset.short(event.paid), asset.short(event.contested));
        let mut text = format!("pays {name} {paid}");
        if event.contested > 0 {
            text = format!("{text}; {contested} more is contested until what is open has ended");
        }
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn release_contested(&mut self, who: Name, incident: Name, name: Name) -> Result<()> {
        let (_, epoch) = self.exit(name)?;
        let number = self.model.epochs[epoch].number;
        let release = ReleaseContested {
            pool: self.places.pool,
            incident: self.incident(incident)?,
            epoch: self.places.epoch(number),
        };
        let receipt = self.send(who, &[release.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::ContestedReleased(released) => Some(released),
            _ => None,
        })?;
        let number = self.incident_number(incident)?;
        let pool = self.pool()?;
        let amount = self.foresee(pool.accrued_at, |model| model.release_contested(number, epoch))?;
        self.same(&format!("what {incident} gives back to {name}"), amount, event.amount);
        self.same_pool(&pool);
        let amount = self.scenario.asset.short(event.amount);
        self.tell(who, &format!("gives {name} back {amount} that {incident} did not take"), &receipt);
        Ok(())
    }

    pub(super) fn collect_exit(&mut self, who: Name, name: Name) -> Result<()> {
        let (ticket, epoch) = self.exit(name)?;
        let (places, number) = (&self.places, self.model.epochs[epoch].number);
        let owner = self.model.tickets[ticket].owner;
        let collect = CollectExit {
            caller: actors::address(who),
            pool: places.pool,
            epoch: places.epoch(number),
            ticket: places.exits.get(name).context("no such exit")?.address,
            owner: actors::address(owner),
            rent_payer: actors::address(owner),
            receiver: places.tokens(owner, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[collect.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::ExitCollected(collected) => Some(collected),
            _ => None,
        })?;
        let amount = self.foresee(self.moment, |model| model.collect_exit(ticket, who))?;
        let (paid, closed) = (self.model.tickets[ticket].paid, self.model.tickets[ticket].closed);
        self.same(&format!("what {owner} collects of {name}"), amount, event.amount);
        self.same(&format!("all that {owner} got of {name}"), paid, event.paid);
        self.same(&format!("whether {name} is over"), u8::from(closed), event.is_over);
        let pool = self.pool()?;
        self.same_pool(&pool);
        let amount = self.scenario.asset.short(event.amount);
        let end = if event.is_over == 1 { ", which is over" } else { "" };
        self.tell(who, &format!("pays {owner} {amount} of {name}{end}"), &receipt);
        Ok(())
    }
}
