//! How long the four figures conversion, cost, time and steps take, on journeys of about 160, 1,000 and 10,000 states.
//!
//! `cargo bench --bench solve [FOLDER]` prints one JSON object per journey: the best of several runs, in seconds, of reading and
//! checking the text (its chain included), of enumerating the chain alone, and of solving it. With a folder, it leaves each
//! journey there as text, and as a model for Storm: `benches/peers/run` compares the two in one run.

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use jalon::chain;
use jalon::compile::{Journey, compile};
use jalon::export::{Subject, write_prism};
use jalon::plan::{At, Plan, Question, QuestionIx, Variable, Wants, ask};
use jalon::resolve::{LoadError, Loader};
use jalon::solve::answers;
use std::time::Instant;

/// Name, touchpoints, highest count of reminders, personas.
const SIZES: [(&str, usize, usize, usize); 3] = [("small", 14, 2, 2), ("medium", 30, 3, 4), ("large", 64, 13, 4)];

fn main() {
    // `cargo bench` passes flags of its own.
    let folder = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    for (name, touchpoints, reminders, personas) in SIZES {
        let text = journey(touchpoints, reminders, personas);
        let read = || compile(name, text.clone(), &Nothing).journey.expect("a journey without errors");
        let journey = read();
        let model = &journey.program.base;
        let plan = four(&journey);
        let runs = 40_000 / journey.chains[0].states.len() + 3;
        let reading = best(runs.min(20), read);
        let enumerating = best(runs.min(20), || chain::build(model));
        let solving = best(runs, || answers(&journey.chains[0], &plan));
        let solved = answers(&journey.chains[0], &plan).expect("every customer ends");
        let share = |p: usize| journey.chains[0].personas[p].value;
        let figures: Vec<f64> = solved
            .iter()
            .map(|a| a.exact.as_ref().expect("solved").iter().enumerate().map(|(p, e)| share(p) * e.mean).sum())
            .collect();
        let (states, branches) = (journey.chains[0].states.len(), journey.chains[0].branches.len());
        println!(
            "{{\"name\":\"{name}\",\"states\":{states},\"branches\":{branches},\"reading\":{reading:e},\
             \"enumerating\":{enumerating:e},\"solving\":{solving:e},\"figures\":{figures:?}}}"
        );
        if let Some(folder) = &folder {
            let mut prism = String::new();
            write_prism(&Subject { journey: &journey, scenario: None }, &mut prism).expect("writing to a text");
            std::fs::write(format!("{folder}/{name}.journey"), &text).expect("the folder can be written");
            std::fs::write(format!("{folder}/{name}.prism"), &prism).expect("the folder can be written");
        }
    }
}

/// The least seconds of so many runs: what others did to the machine can only add.
fn best<T>(runs: usize, run: impl Fn() -> T) -> f64 {
    let time = |_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed().as_secs_f64()
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

/// The plan of four questions: the main goal's rate, cost, whole time, touchpoints met.
fn four(journey: &Journey) -> Plan {
    let mut plan = ask(&journey.program, &journey.chains).plans.swap_remove(0);
    let question = |variable| Question { variable, among: None, within: None, wants: Wants::Mean };
    let goal = plan.goals[plan.goal.expect("a goal").index()];
    // Every touchpoint of the journey stands on its one channel.
    let met = plan.events.len();
    let mut everywhere = plan.events[plan.touchpoints[0].0].clone();
    everywhere.meet.fill(true);
    plan.events.push(everywhere);
    let met = jalon::plan::EventIx(met);
    plan.questions = vec![
        question(Variable::Hit { from: None, to: goal, before: None, within: None }),
        question(Variable::Money(jalon::model::MoneyKind::Cost, At::Anywhere)),
        question(Variable::TimeIn(met)),
        question(Variable::Touches { of: met, until: None }),
    ];
    plan.groups = Vec::<Vec<QuestionIx>>::new();
    plan
}

struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// Touchpoints in a row, each leading on, back and out; every fifth sends a reminder, of which some are allowed; a voucher that
/// comes and goes and a membership that stays change where customers go. Each persona's customers wander through loops of all
/// touchpoints with and without the voucher.
fn journey(touchpoints: usize, reminders: usize, personas: usize) -> String {
    let mut lines: Vec<String> = ["journey generated", "currency EUR", "channel web digital owned", "goal order"]
        .into_iter()
        .chain(["end served success", "end lost failure", "memory {", "  flag voucher", "  flag member"])
        .map(str::to_owned)
        .collect();
    lines.push(format!("  counter reminders 0..{reminders}\n}}"));
    lines.extend((0..personas).map(|p| format!("persona p{p} {{\n  has member {}%\n}}", 10 * p)));
    lines.push("arrive 1000 {".into());
    lines.extend((0..personas - 1).map(|p| format!("  of p{p} {}%", 100 / personas)));
    lines.push(format!("  of p{} otherwise\n  -> t0\n}}", personas - 1));
    for t in 0..touchpoints {
        let at = |step: usize| format!("t{}", (t + step) % touchpoints);
        lines.push(format!("touchpoint t{t} on web {{\n  takes {}..{} min\n  cost 0.{:02} EUR", t % 3 + 1, t % 3 + 5, t % 7 + 1));
        match t % 5 {
            0 => lines.push(format!(
                "  add reminders 1\n  -> {} 12% when reminders < {reminders} after 1..3 days",
                at(touchpoints - 3)
            )),
            1 => lines.push("  set voucher".into()),
            2 => lines.push("  clear voucher when member".into()),
            3 => lines.push("  set member when voucher\n  reach order when voucher".into()),
            _ => lines.push("  -> served 9% when voucher and member reach order".into()),
        }
        lines.push(format!("  -> {} {}%, {}% for p0", at(1), 40 + t % 13, 30 + t % 17));
        lines.push(format!("  -> {} {}% when not member after 2 h", at(2), 5 + t % 4));
        lines.push(format!("  -> {} {}%", at(touchpoints / 2), 6 + t % 5));
        lines.push("  -> lost otherwise\n}".into());
    }
    lines.push("kpi conversion key = rate(order)\n".into());
    lines.join("\n")
}
