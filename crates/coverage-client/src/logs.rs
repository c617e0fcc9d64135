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
        // What a program says of itself may look like a line about one.
        if line.starts_with("Program log: ") {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Deposited, PoolPaused, ZeroCopy};

    const OTHER: &str = "Other11111111111111111111111111111111111111";

    fn deposited(amount: u64) -> Deposited {
        Deposited { amount, ..bytemuck::Zeroable::zeroed() }
    }

    fn data(bytes: &[u8]) -> String {
        format!("Program data: {}", STANDARD.encode(bytes))
    }

    fn invoke(program: &str, depth: u8) -> String {
        format!("Program {program} invoke [{depth}]")
    }

    fn success(program: &str) -> String {
        format!("Program {program} success")
    }

    #[test]
    fn events_are_read_in_order() {
        let us = ID.to_string();
        let paused = PoolPaused { paused_until: 7, ..bytemuck::Zeroable::zeroed() };
        let logs = [
            invoke(&us, 1),
            data(&deposited(1).encode()),
            format!("Program {us} consumed 3000 of 200000 compute units"),
            success(&us),
            invoke(OTHER, 1),
            invoke(&us, 2),
            invoke("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", 3),
            "Program log: Instruction: Transfer".into(),
            success("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
            data(&paused.encode()),
            success(&us),
            success(OTHER),
        ];
        assert_eq!(events(&logs), [Event::Deposited(deposited(1)), Event::PoolPaused(paused)]);
    }

    #[test]
    fn what_other_programs_say_is_no_event() {
        let (us, event) = (ID.to_string(), deposited(1).encode());
        let imitations = [
            vec![data(&event)],
            vec![invoke(OTHER, 1), data(&event), success(OTHER)],
            // After our turn, and inside of it.
            vec![invoke(&us, 1), success(&us), data(&event)],
            vec![invoke(&us, 1), invoke(OTHER, 2), data(&event), success(OTHER), success(&us)],
            vec![invoke(&us, 1), format!("Program {us} failed: custom program error: 0x1"), data(&event)],
            // Lines that look like those about whose turn it is.
            vec![invoke(OTHER, 1), format!("Program log: {}", invoke(&us, 2)), data(&event), success(OTHER)],
            vec![invoke(&us, 1), invoke(OTHER, 2), "Program log: success".into(), data(&event), success(OTHER)],
            vec![invoke(&us, 1), format!("Program log: {}", data(&event)), success(&us)],
        ];
        for logs in imitations {
            assert_eq!(events(&logs), [], "{logs:#?}");
        }
    }

    #[test]
    fn what_is_cut_off_or_unknown_is_passed_over() {
        let (us, event) = (ID.to_string(), deposited(1).encode());
        let whole = data(&event);
        let mut unknown = event.clone();
        unknown[0] ^= 1;
        let mut logs = vec![invoke(&us, 1), data(&[]), data(&event[..7]), data(&event[..8]), data(&unknown)];
        logs.extend((1..event.len()).step_by(5).map(|length| data(&event[..length])));
        logs.extend((14..whole.len()).map(|length| whole[..length].into()));
        logs.extend(["Program data: !".into(), "Program data:".into(), String::new(), "Program".into()]);
        assert_eq!(events(&logs), []);
        // What comes after it still counts; a log that was cut off has nothing more.
        logs.extend([data(&deposited(2).encode()), "Log truncated".into()]);
        assert_eq!(events(&logs), [Event::Deposited(deposited(2))]);
    }
}
