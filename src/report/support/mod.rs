//! The sponsored post of the guides, by hand: 1,000 customers arrive (Julie 60 %, Roger 40 %), 9 % click, 4 of 90 put in the
//! basket and 3 of 90 compare, 1 of 3 of these comes back to the basket, 75 % of the deliveries conform: 3/800 in the end.
//!
//! Every figure is worked out beside it. Simulated counts are made up, near what they should be.

mod campaign;
mod credits;
mod figure;
mod journey;
mod levers;
mod odd;
mod parts;
mod whole;

pub(super) use journey::{named, program};
pub(super) use levers::{fractions, levers, no_levers};
pub(super) use odd::{NASTY, bare, nasty};
pub(super) use whole::{figures, simulated_only, solved_only};

use crate::diagnostics::{Code, Diagnostic, JsonDiagnostic, Sources, Span, json_view};
use crate::locale::{Lang, Words};

/// A finding with all that a finding can have.
pub(super) fn findings() -> Vec<JsonDiagnostic> {
    let mut sources = Sources::default();
    let file = sources.add("post.journey", "claim final_rate = 0.3%\n");
    let span = Span::new(file, 19, 23);
    let text = |text: &str| Words::same(text);
    let finding =
        Diagnostic::new(Code::ALL[0], span, text("message")).note(text("note")).mend(text("help"), span, "0.375%", false);
    vec![json_view(&finding, &sources, Lang::En)]
}
