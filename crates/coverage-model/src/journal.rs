//! Lists whose changes can be undone.
//!
//! An action may fail after it has changed something. So a list notes an item as it was the first time that an attempt
//! changes it, and an attempt that fails puts back what was noted. That costs a copy of what was changed, not of the
//! world.

use std::ops::{Deref, Index, IndexMut};

/// Changes that can be undone, the oldest first, and where among them each attempt that goes on has begun.
#[derive(Clone, Debug)]
pub(crate) struct Journal<C> {
    changes: Vec<C>,
    attempts: Vec<usize>,
}

// Derived, it would ask of changes what it does not need.
impl<C> Default for Journal<C> {
    fn default() -> Self {
        Self { changes: Vec::new(), attempts: Vec::new() }
    }
}

impl<C> Journal<C> {
    /// Notes a change, unless nothing is being attempted or the attempt has noted one that `covers` it.
    pub fn note(&mut self, covers: impl Fn(&C) -> bool, change: impl FnOnce() -> C) {
        if let Some(begin) = self.attempts.last()
            && !self.changes[*begin..].iter().any(covers)
        {
            self.changes.push(change());
        }
    }

    pub fn begin(&mut self) {
        self.attempts.push(self.changes.len());
    }

    /// Ends the last attempt. Returns what must be undone, the newest change first: nothing, if it is to `keep`.
    pub fn end(&mut self, keep: bool) -> impl Iterator<Item = C> {
        let begin = self.attempts.pop().expect("something is being attempted");
        if keep && self.attempts.is_empty() {
            self.changes.clear();
        }
        let begin = if keep { self.changes.len() } else { begin };
        self.changes.drain(begin..).rev()
    }
}

/// What can end an attempt.
pub(crate) trait Undo {
    /// Begins an attempt, within any that goes on.
    fn begin(&mut self);
    /// Ends the last one: its changes are kept or undone.
    fn end(&mut self, keep: bool);
}

/// Everything of one kind that there ever was, by its number. Nothing is ever taken out.
#[derive(Clone, Debug)]
pub struct Table<T> {
    items: Vec<T>,
    /// Numbers of items with what they were before; nothing for those that were added.
    journal: Journal<(usize, Option<T>)>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { items: Vec::new(), journal: Journal::default() }
    }
}

impl<T> Table<T> {
    /// Adds an item and returns its number.
    pub fn push(&mut self, item: T) -> usize {
        let number = self.items.len();
        self.items.push(item);
        self.journal.note(|_| false, || (number, None));
        number
    }
}

impl<T> Undo for Table<T> {
    fn begin(&mut self) {
        self.journal.begin();
    }

    fn end(&mut self, keep: bool) {
        for (number, before) in self.journal.end(keep) {
            match before {
                Some(before) => self.items[number] = before,
                None => self.items.truncate(number),
            }
        }
    }
}

impl<T> Deref for Table<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> Index<usize> for Table<T> {
    type Output = T;

    fn index(&self, number: usize) -> &T {
        &self.items[number]
    }
}

impl<T: Clone> IndexMut<usize> for Table<T> {
    fn index_mut(&mut self, number: usize) -> &mut T {
        let item = &mut self.items[number];
        self.journal.note(|(noted, _)| *noted == number, || (number, Some(item.clone())));
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_undone_was_never_there() {
        let mut table = Table::default();
        table.push(1);
        table.begin();
        table[0] = 2;
        table.push(3);
        table[1] = 4;
        // An attempt within it: both see what the other has changed before.
        table.begin();
        table[0] = 5;
        table.push(6);
        table.end(false);
        assert_eq!(*table, [2, 4]);
        table.begin();
        table[0] = 7;
        table.end(true);
        assert_eq!(*table, [7, 4]);
        table.end(false);
        assert_eq!(*table, [1]);
    }

    #[test]
    fn what_is_kept_stays() {
        let mut table = Table::default();
        table.begin();
        table.push(1);
        table[0] = 2;
        table.end(true);
        assert_eq!(*table, [2]);
        assert!(table.journal.changes.is_empty(), "nothing is kept for nobody");
    }
}
