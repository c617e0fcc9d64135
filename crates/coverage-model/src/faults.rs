//! Faults that can be planted in the model, to see whether a search finds them: rules of the first version, by the number of the
//! threat that uses them (docs/threats.md). None is there unless somebody plants it.

/// A rule that the model does not keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What raises what LPs risk applies though some wait who asked to leave in time, their capital carries new cover, and no higher
    /// leverage lets them go.
    T39,
    /// Leverage can be lower than all of the capital, and holds at once for those who wait.
    T41,
    /// Cover costs its term alone, not the time for which it holds capacity.
    T45,
    /// Any epoch can be paid, whoever asked before.
    T46,
    /// An exit's day may begin less than the delay after it was asked for.
    T47,
    /// Capital carries cover from the second in which it is deposited.
    T48,
    /// What was paid keeps its capacity until the cover ends.
    T49,
    /// A recovery streams for a week, and a deposit pays nothing for what streams already.
    T50,
    /// Those who leave bear nothing of what is booked.
    T52,
    /// A refund is of all that is unearned, and nothing of it is given back.
    T54,
    /// Who stays away counts for nothing: a round in which too few vote ends where it would without a vote. In an appeal all vote anew, twice
    /// as many as before.
    T56,
    /// A claim can be disputed as soon as it is filed, for an atom less than what is claimed, and by nobody else after that.
    T57,
    /// However little is staked decides: there is no floor, neither of sales nor of what must vote.
    T58,
    /// A report on which too few vote costs nothing.
    T60,
    /// The bond of a dispute is that of the next report, doubled like that.
    T61,
    /// A claim that stands is paid in full on account, whatever there is for the others.
    T71,
    /// A claim can be disputed for so long after it was filed, whether anybody has read the verdict by then or not.
    T79,
    /// A claim is paid in full on account where there is enough for those of its own incident.
    T82,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::T39,
        Self::T41,
        Self::T45,
        Self::T46,
        Self::T47,
        Self::T48,
        Self::T49,
        Self::T50,
        Self::T52,
        Self::T54,
        Self::T56,
        Self::T57,
        Self::T58,
        Self::T60,
        Self::T61,
        Self::T71,
        Self::T79,
        Self::T82,
    ];
}

impl std::str::FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|fault| format!("{fault:?}") == text).ok_or(format!("no fault is called {text}"))
    }
}

/// Faults that are planted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults(u32);

impl Faults {
    /// None.
    pub const NONE: Self = Self(0);

    /// One.
    #[must_use]
    pub const fn one(fault: Fault) -> Self {
        Self(1 << fault as u32)
    }

    /// Whether one is there.
    #[must_use]
    pub const fn has(self, fault: Fault) -> bool {
        self.0 & (1 << fault as u32) > 0
    }
}
