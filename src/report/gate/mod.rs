//! What `jalon test` says: for people, for CI servers (JUnit, TAP), for a pull request (annotations, Markdown), as JSON.
//!
//! Comes in: a [`Suite`], every file with its promises tested. Goes out: one text per format. What must hold: a promise that is not
//! kept reads so in each of them; all sentences are made here once ([`Row`]), so that formats differ in form alone.

mod json;
mod junit;
mod markdown;
mod reasons;
mod tap;
mod terminal;

pub use json::write_json;
pub use junit::write_junit;
pub use markdown::write_markdown;
pub use tap::write_tap;
pub use terminal::write_terminal;

use super::levers::Ink;
use crate::diagnostics::{Annotation, Diagnostic, Severity, Sources, annotate};
use crate::gate::{How, Looks, Regression, Tested};
use crate::locale::{self, Lang, Words};
use crate::measure::Verdict;
use crate::model::{Program, Unit};
use crate::words;

/// All that was tested.
#[derive(Debug)]
pub struct Suite<'a> {
    /// File by file.
    pub files: Vec<File<'a>>,
    /// The probability of error of each simulated verdict, at most.
    pub error: f64,
    /// When simulated promises were looked at.
    pub looks: &'a Looks,
    /// Where luck started.
    pub seed: u64,
    /// The scenario under which promises were read.
    pub scenario: Option<&'a str>,
    /// The language of sentences about all files.
    pub lang: Lang,
}

/// A file.
#[derive(Debug)]
pub struct File<'a> {
    /// As given.
    pub name: &'a str,
    /// Its texts.
    pub sources: &'a Sources,
    /// The language of sentences about it.
    pub lang: Lang,
    /// What became of its promises, or why there is nothing to test.
    pub result: Result<Results<'a>, &'a [Diagnostic]>,
}

/// The promises of a journey, tested.
#[derive(Debug)]
pub struct Results<'a> {
    /// The journey.
    pub program: &'a Program,
    /// One per promise.
    pub tested: Vec<Tested>,
    /// By promise: what a recorded figure says of it; empty without a baseline.
    pub regressions: Vec<Option<Regression>>,
}

/// What a promise comes to, all things considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Kept.
    Kept,
    /// Not kept, but no worse than recorded.
    Known,
    /// Not decided.
    Undecided,
    /// Broken.
    Broken,
}

impl Outcome {
    /// What a verdict comes to, beside what was recorded.
    #[must_use]
    pub fn of(verdict: Verdict, regression: Option<Regression>) -> Self {
        match (verdict, regression) {
            (Verdict::Pass, _) => Self::Kept,
            (_, Some(Regression::Known)) => Self::Known,
            (Verdict::Undecided, Some(Regression::Worse)) | (Verdict::Fail, _) => Self::Broken,
            (Verdict::Undecided, _) => Self::Undecided,
        }
    }

    fn word(self) -> Words {
        match self {
            Self::Kept => words!("kept", "tenue"),
            Self::Known => words!("known", "connue"),
            Self::Undecided => words!("undecided", "indécise"),
            Self::Broken => words!("broken", "non tenue"),
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Kept => "✓",
            Self::Known => "○",
            Self::Undecided => "?",
            Self::Broken => "✗",
        }
    }
}

/// How many promises came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Kept.
    pub kept: usize,
    /// Not kept, but no worse than recorded.
    pub known: usize,
    /// Not decided.
    pub undecided: usize,
    /// Broken.
    pub broken: usize,
    /// Files that cannot be tested.
    pub refused: usize,
}

impl Suite<'_> {
    /// How many promises came to what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for file in &self.files {
            let Ok(results) = &file.result else {
                counts.refused += 1;
                continue;
            };
            for outcome in results.outcomes() {
                match outcome {
                    Outcome::Kept => counts.kept += 1,
                    Outcome::Known => counts.known += 1,
                    Outcome::Undecided => counts.undecided += 1,
                    Outcome::Broken => counts.broken += 1,
                }
            }
        }
        counts
    }

    /// The last line: how many of what.
    fn total(&self) -> String {
        let c = self.counts();
        let all = c.kept + c.known + c.undecided + c.broken;
        let parts = [
            match all {
                0 | 1 => words!("{all} expectation", "{all} attente"),
                _ => words!("{all} expectations", "{all} attentes"),
            },
            counted(c.kept, &words!("kept", "tenue"), &words!("kept", "tenues")),
            counted(c.known, &words!("known", "connue"), &words!("known", "connues")),
            counted(c.undecided, &words!("undecided", "indécise"), &words!("undecided", "indécises")),
            counted(c.broken, &words!("broken", "non tenue"), &words!("broken", "non tenues")),
            counted(
                c.refused,
                &words!("file with errors", "fichier en erreur"),
                &words!("files with errors", "fichiers en erreur"),
            ),
        ];
        let parts =
            parts.iter().enumerate().filter(|(i, _)| *i == 0 || [c.kept, c.known, c.undecided, c.broken, c.refused][i - 1] > 0);
        parts.map(|(_, words)| words.get(self.lang)).collect::<Vec<_>>().join(", ")
    }

    /// What simulated verdicts rest on; nothing if there is none.
    fn rests_on(&self) -> Option<String> {
        let simulated = |f: &File<'_>| f.result.as_ref().is_ok_and(|r| r.tested.iter().any(|t| t.how != How::Exact));
        if !self.files.iter().any(simulated) {
            return None;
        }
        let (looks, seed) = (self.looks.customers.len(), self.seed);
        let error = locale::percent(self.error, self.lang);
        let most = locale::integer(self.looks.customers.last().map_or(0.0, |n| *n as f64), self.lang);
        let text = words!(
            "Simulated verdicts: by a sequential test of up to {looks} looks (at most {most} customers, seed {seed}). A kept promise is called broken, or a broken one kept, with a probability of at most {error} each.",
            "Verdicts simulés\u{a0}: par un test séquentiel d’au plus {looks} examens ({most} clients au plus, graine {seed}). Une attente tenue est dite non tenue, ou l’inverse, avec une probabilité d’au plus {error} chacune."
        );
        Some(text.get(self.lang).to_owned())
    }
}

/// So many of them, in words.
fn counted(number: usize, one: &Words, many: &Words) -> Words {
    let Words { en, fr } = if number < 2 { one } else { many };
    words!("{number} {en}", "{number} {fr}")
}

impl Results<'_> {
    fn outcomes(&self) -> impl Iterator<Item = Outcome> {
        let regression = |i: usize| self.regressions.get(i).copied().flatten();
        self.tested.iter().enumerate().map(move |(i, t)| Outcome::of(t.promise.verdict, regression(i)))
    }
}

/// A promise, in sentences.
struct Row {
    outcome: Outcome,
    /// As written.
    text: String,
    line: u32,
    /// The figure.
    value: String,
    /// By how much it is kept.
    margin: String,
    /// How it was decided, shortly.
    how: String,
    /// The same with the interval of what was drawn.
    how_wide: String,
    /// Why it is broken.
    reasons: Vec<String>,
}

impl File<'_> {
    fn rows(&self) -> Vec<Row> {
        let Ok(results) = &self.result else { return Vec::new() };
        let ink = Ink { model: &results.program.base, lang: self.lang };
        let row = |(tested, outcome): (&Tested, Outcome)| {
            let origin = results.program.expectations[tested.promise.index].origin;
            let figure = &tested.promise.figure;
            Row {
                outcome,
                text: tested.promise.text.clone(),
                line: self.sources.get(origin.file).position(origin.start).line,
                value: figure.value().map_or_else(|| locale::DASH.to_owned(), |v| ink.value(v, figure.unit)),
                margin: tested.margin.map_or_else(String::new, |m| ink.change(m.value, figure.unit)),
                how: how(tested, &ink),
                how_wide: how(tested, &ink) + &interval(tested, &ink, figure.unit),
                reasons: reasons::reasons(&ink, tested, outcome),
            }
        };
        results.tested.iter().zip(results.outcomes()).map(row).collect()
    }

    /// What is found wrong in a file that cannot be tested, a line each.
    fn refusals(&self) -> Vec<String> {
        let Err(found) = &self.result else { return Vec::new() };
        let errors = found.iter().filter(|d| d.severity == Severity::Error);
        let line = |d: &Diagnostic| {
            let source = self.sources.get(d.span().file);
            let place = source.position(d.span().start);
            format!("{}:{}:{}: {} {}", source.name, place.line, place.column, d.code.number(), d.message.get(self.lang))
        };
        errors.map(line).collect()
    }
}

fn how(tested: &Tested, ink: &Ink<'_>) -> String {
    match (tested.how, ink.lang) {
        (How::Exact, _) => "exact".to_owned(),
        (How::Simulated(customers), Lang::En) => format!("{} customers", locale::integer(customers as f64, ink.lang)),
        (How::Simulated(customers), Lang::Fr) => format!("{} clients", locale::integer(customers as f64, ink.lang)),
    }
}

/// The 95 % interval of a figure that was drawn.
fn interval(tested: &Tested, ink: &Ink<'_>, unit: Unit) -> String {
    let figure = &tested.promise.figure;
    figure.estimate.filter(|_| figure.exact.is_none()).map_or_else(String::new, |e| {
        let currency = ink.model.currency.as_deref();
        format!(", {}", locale::interval(e.interval.low, e.interval.high, unit, currency, ink.lang))
    })
}

/// Annotations for a GitHub workflow: beside the line of each promise that is not kept.
#[must_use]
pub fn write_github(suite: &Suite<'_>) -> String {
    let mut all: Vec<(Annotation, &Sources)> = Vec::new();
    for file in &suite.files {
        match &file.result {
            Err(found) => all.extend(found.iter().filter(|d| d.severity == Severity::Error).map(|d| {
                let title = d.code.number().to_owned();
                let message = d.message.get(file.lang).to_owned();
                (Annotation { severity: d.severity, span: d.span(), short: title.clone(), title, message }, file.sources)
            })),
            Ok(results) => {
                for (row, tested) in file.rows().into_iter().zip(&results.tested) {
                    let severity = match row.outcome {
                        Outcome::Kept => continue,
                        Outcome::Known => Severity::Note,
                        Outcome::Undecided => Severity::Warning,
                        Outcome::Broken => Severity::Error,
                    };
                    let word = row.outcome.word();
                    let (en, fr) = (&word.en, &word.fr);
                    let title = words!("expectation {en}", "attente {fr}").get(file.lang).to_owned();
                    let head = format!("{}{} {} ({})", row.text, file.lang.pick(":", "\u{a0}:"), row.value, row.how_wide);
                    let message = std::iter::once(head).chain(row.reasons).collect::<Vec<_>>().join("\n");
                    let span = results.program.expectations[tested.promise.index].origin;
                    all.push((
                        Annotation { severity, span, title, message, short: word.get(file.lang).to_owned() },
                        file.sources,
                    ));
                }
            }
        }
    }
    annotate(all.iter().map(|(a, sources)| (a, *sources)), suite.lang)
}
