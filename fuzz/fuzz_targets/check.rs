//! Any text through the first half of the route: nothing panics, and every finding can be shown.

#![no_main]

#[path = "../../tests/suite/soundness.rs"]
mod soundness;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    soundness::check(&String::from_utf8_lossy(data));
});
