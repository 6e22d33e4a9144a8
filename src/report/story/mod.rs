//! What `jalon why` and `jalon trace` print: stories in the language of the journey, or the same as JSON.

mod tale;
mod when;
mod why;

pub use tale::{Told, write_tale_json, write_tale_terminal};
pub use when::{Start, parse_start};
pub(super) use why::{Ledger, ledgers};
pub use why::{write_why_json, write_why_terminal};
