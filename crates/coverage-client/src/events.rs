//! The events of a transaction.

use crate::{Event, ID};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The events that Breakwater logged, in order, out of a transaction's log lines.
///
/// Lines of other programs are passed over, even when they imitate an event: the lines say whose turn it is.
#[must_use]
pub fn events<S: AsRef<str>>(logs: &[S]) -> Vec<Event> {
    let program = ID.to_string();
    let mut stack: Vec<&str> = Vec::new();
    let mut events = Vec::new();
    for line in logs {
        let line = line.as_ref();
        if let Some(data) = line.strip_prefix("Program data: ") {
            if stack.last() == Some(&program.as_str()) {
                events.extend(STANDARD.decode(data).ok().and_then(|bytes| Event::decode(&bytes)));
            }
            continue;
        }
        let Some(rest) = line.strip_prefix("Program ") else { continue };
        let mut words = rest.split(' ');
        match (words.next(), words.next()) {
            (Some(id), Some("invoke")) => stack.push(id),
            (Some(_), Some("success" | "failed:")) => {
                stack.pop();
            }
            _ => {}
        }
    }
    events
}
