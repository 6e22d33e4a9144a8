//! A bar for long draws: on a terminal, and never in CI.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// Draws of fewer customers are over before a bar could be read.
const WORTH_A_BAR: u64 = 2_000_000;

/// A bar over `customers`, hidden where nobody would watch it.
pub(super) fn bar(customers: u64) -> ProgressBar {
    let watched = std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
    if !watched || customers < WORTH_A_BAR {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(customers);
    match ProgressStyle::with_template("{wide_bar} {human_pos} / {human_len} ({eta})") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
