//! The journeys that are walked.

use jalon::chain::Chain;
use jalon::compile::{Journey, compile};
use jalon::model::Law;
use jalon::model::law::{Distribution, Family};
use jalon::resolve::{LoadError, Loader};

struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// The largest journey of `specs/`.
pub(crate) fn omnichannel() -> Journey {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/specs/retail/omnichannel.journey");
    read("omnichannel", std::fs::read_to_string(path).expect("the journey is there"))
}

fn read(name: &str, text: String) -> Journey {
    let compiled = compile(name, text, &Nothing);
    compiled.journey.unwrap_or_else(|| panic!("{name}: {:#?}", compiled.diagnostics))
}

/// 41 touchpoints in loops, four personas: 164 states. With memory, a card and a count of reminders are carried along, and what
/// they decide leads to the same place either way: the same walk, over more states.
pub(crate) fn pair(memory: bool) -> Journey {
    const TOUCHPOINTS: usize = 41;
    let mut lines: Vec<String> = ["journey pair", "currency EUR", "channel web digital owned", "goal order"]
        .into_iter()
        .chain(["end served success", "end lost failure", "persona p0", "persona p1", "persona p2", "persona p3"])
        .chain(["arrive 1000 {", "  of p0 25%", "  of p1 25%", "  of p2 25%", "  of p3 otherwise", "  -> t0", "}"])
        .map(str::to_owned)
        .collect();
    if memory {
        lines.push("memory {\n  flag card\n  counter reminders 0..3\n}".into());
    }
    for t in 0..TOUCHPOINTS {
        let at = |step: usize| format!("t{}", (t + step) % TOUCHPOINTS);
        lines.push(format!(
            "touchpoint t{t} on web {{\n  takes exponential(mean {} min)\n  cost 0.{:02} EUR",
            t % 9 + 1,
            t % 7 + 1
        ));
        if memory && t % 6 == 1 {
            lines.push("  add reminders 1".into());
        }
        if memory && t == 16 {
            lines.push("  set card".into());
        }
        if t % 8 == 7 {
            lines.push("  reach order".into());
        }
        let (often, seldom) = (40 + t % 13, 18 + t % 7);
        lines.push(format!("  -> {} {often}%, {}% for p0", at(1), often - 9));
        if memory && t % 3 == 0 {
            lines.push(format!("  -> {0} {seldom}% when card\n  -> {0} {seldom}% when not card", at(2)));
        } else if memory && t % 3 == 1 {
            lines.push(format!("  -> {0} {seldom}% when reminders < 3\n  -> {0} {seldom}% when reminders >= 3", at(2)));
        } else {
            lines.push(format!("  -> {} {seldom}%", at(2)));
        }
        lines.push(format!("  -> {} {}%", at(TOUCHPOINTS / 2), 6 + t % 5));
        lines.push(format!("  -> served {}%\n  -> lost otherwise\n}}", 1 + t % 4));
    }
    lines.push("kpi conversion key = rate(order)\n".into());
    read("pair", lines.join("\n"))
}

/// The same chain with exponential delays: each that is drawn keeps its mean.
pub(crate) fn exponential(chain: &Chain) -> Chain {
    let like = |law: &Law| {
        if law.is_constant() { law.clone() } else { Law::of(Distribution::new(Family::Exponential { mean: law.mean() })) }
    };
    let mut chain = chain.clone();
    chain.visits.iter_mut().for_each(|visit| visit.takes = like(&visit.takes));
    chain.leaves.iter_mut().for_each(|leave| leave.after = like(&leave.after));
    chain
}
