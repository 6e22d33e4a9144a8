//! Any text through the formatter: its form is its own form, and says the same.

#![no_main]

#[path = "../../tests/suite/soundness.rs"]
mod soundness;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    soundness::format(&String::from_utf8_lossy(data));
});
