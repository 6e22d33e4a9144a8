//! How an answer is worked out, line by line: formula, substitution, result, rounding.
//!
//! Comes in: a measure and the book of a variant. Goes out: [`Working`]. What must hold: every line that states a figure states
//! the exact solution; a list of ways is only written if its sum is that figure, else the equations are, and the key says so.

mod money;
mod ways;
mod words;

use super::book::Book;
use super::spelled::{Spelling, spelled};
use super::value::{Rounded, Value};
use crate::compile::Journey;
use crate::diagnostics::Sources;
use crate::locale::{Lang, Words, quoted};
use crate::model::{Event, Measure, MeasureKind, Modifiers, Place, Unit};
use crate::words;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// A line of the key, and the marks that it earns.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// The marks, if this line earns some.
    pub marks: Option<BigRational>,
}

/// How an answer is worked out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Working {
    /// In their order.
    pub lines: Vec<Line>,
    /// The measures on the way, for marks that follow through.
    pub uses: Vec<Measure>,
    /// The marks of all lines but the result.
    pub method: BigRational,
}

/// Which step a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Formula,
    Substitution,
    Result,
}

struct Pen<'a> {
    book: &'a Book<'a>,
    sources: &'a Sources,
    lang: Lang,
    currency: Option<&'a str>,
    lines: Vec<(Step, String)>,
    uses: Vec<Measure>,
}

/// The working of a measure whose answer has been rounded so, worth so many marks.
pub(super) fn working(book: &Book<'_>, sources: &Sources, measure: &Measure, rounded: &Rounded, marks: &BigRational) -> Working {
    let mut pen = Pen::new(book, sources);
    let (lang, currency) = (pen.lang, pen.currency);
    let called = pen.explain(measure);
    if let Ok(value) = book.get(measure) {
        let (exact, printed) = (value.written(measure.unit, currency, lang), rounded.written(currency, lang));
        if pen.lines.is_empty() && called != exact {
            pen.lines.push((Step::Substitution, format!("{called} = {exact}")));
        }
        let line = if rounded.exact {
            words!("Result: {printed}", "Résultat : {printed}")
        } else {
            let decimals = rounded.decimals;
            let (en, fr) = if decimals == 1 { ("decimal", "décimale") } else { ("decimals", "décimales") };
            words!(
                "Result: {exact}, rounded to {decimals} {en}: {printed}",
                "Résultat : {exact}, arrondi à {decimals} {fr} : {printed}"
            )
        };
        pen.say(Step::Result, &line);
    }
    pen.tidy();
    let (lines, method) = shared(&pen.lines, marks);
    Working { lines, uses: pen.uses, method }
}

/// How a measure is worked out, line by line, without marks or rounding.
#[must_use]
pub fn derivation(journey: &Journey, sources: &Sources, measure: &Measure) -> Vec<String> {
    let book = Book::new(journey);
    let mut pen = Pen::new(&book, sources);
    pen.explain(measure);
    pen.tidy();
    pen.lines.into_iter().map(|(_, line)| line).collect()
}

/// Marks in quarters over the steps: a quarter of them each for formula and result, the rest for the substitution.
fn shared(lines: &[(Step, String)], marks: &BigRational) -> (Vec<Line>, BigRational) {
    let quarter = BigRational::new(1.into(), 4.into());
    let quarters = (marks / &quarter).to_integer().to_u64().unwrap_or(0);
    let has = |step| lines.iter().any(|(s, _)| *s == step);
    let mut of = [0_u64; 3];
    of[2] = if quarters < 2 { quarters } else { (quarters / 4).max(1) };
    of[0] = if has(Step::Formula) { (quarters - of[2]).min((quarters / 4).max(1)) } else { 0 };
    of[1] = quarters - of[0] - of[2];
    if !has(Step::Substitution) {
        of[if has(Step::Formula) { 0 } else { 2 }] += of[1];
        of[1] = 0;
    }
    let last = |step: Step| lines.iter().rposition(|(s, _)| *s == step);
    let lasts = [last(Step::Formula), last(Step::Substitution), last(Step::Result)];
    let each = lines.iter().enumerate().map(|(i, (step, text))| {
        let worth = of[*step as usize];
        let marks = (lasts[*step as usize] == Some(i) && worth > 0).then(|| &quarter * BigRational::from_integer(worth.into()));
        Line { text: text.clone(), marks }
    });
    (each.collect(), &quarter * BigRational::from_integer((of[0] + of[1]).into()))
}

impl<'a> Pen<'a> {
    fn new(book: &'a Book<'a>, sources: &'a Sources) -> Self {
        let model = &book.program().base;
        let (lang, currency) = (model.locale, model.currency.as_deref());
        Self { book, sources, lang, currency, lines: Vec::new(), uses: Vec::new() }
    }

    /// Nothing is said twice in a row, and of two signs of equality the weaker one is written.
    fn tidy(&mut self) {
        self.lines.dedup();
        for (_, line) in &mut self.lines {
            *line = line.replace("= ≈", "≈");
        }
    }

    fn say(&mut self, step: Step, words: &Words) {
        self.lines.push((step, words.get(self.lang).to_owned()));
    }

    fn write(&self, value: &Value, unit: Unit) -> String {
        value.written(unit, self.currency, self.lang)
    }

    fn quote(&self, label: &str) -> String {
        quoted(label, self.lang)
    }

    /// Writes how a measure is worked out, and gives what it is called in the lines that follow.
    fn explain(&mut self, measure: &Measure) -> String {
        self.uses.push(measure.clone());
        let value = self.book.get(measure);
        let shown = |pen: &Self| value.as_ref().map_or_else(|_| "?".to_owned(), |v| pen.write(v, measure.unit));
        match &measure.kind {
            MeasureKind::Constant(_) => {
                let shown = shown(self);
                self.spelled(measure, &shown);
                self.constant(measure, &shown)
            }
            MeasureKind::Kpi(id, only) => {
                let kpi = &self.book.program().kpis[id.index()];
                let label = self.quote(&kpi.name.label);
                let shown = shown(self);
                if *only == Modifiers::default() {
                    let before = self.lines.len();
                    let given = self.explain(&kpi.measure);
                    if self.lines.len() == before && given != shown {
                        self.lines.push((Step::Substitution, format!("{given} = {shown}")));
                    }
                } else {
                    self.solved(&label, measure);
                }
                shown
            }
            MeasureKind::Binary(operator, left, right) => {
                self.formula_of(measure);
                let (a, b) = (self.explain(left), self.explain(right));
                let sign = operator.sign();
                let result = shown(self);
                self.say(Step::Substitution, &Words::same(format!("{a} {sign} {b} = {result}")));
                result
            }
            MeasureKind::Negative(inner) => {
                self.explain(inner);
                shown(self)
            }
            MeasureKind::Rate { from, to, before: None, within: None, only } if narrow(only) => {
                self.rate(measure, *from, *to, only);
                shown(self)
            }
            MeasureKind::Next { from: Place::Touchpoint(from), to, only } if narrow(only) => {
                self.next(measure, *from, *to, only);
                shown(self)
            }
            MeasureKind::Count(goal, only) if narrow(only) => {
                self.rate(measure, None, Event::Reach(*goal), only);
                shown(self)
            }
            MeasureKind::Touches { of: of @ Place::Touchpoint(_), before: None, only } if narrow(only) => {
                self.rate(measure, None, Event::Meet(*of), only);
                shown(self)
            }
            MeasureKind::Money(kind, only) => {
                self.money(measure, *kind, only);
                shown(self)
            }
            _ => {
                self.solved("", measure);
                shown(self)
            }
        }
    }

    /// Arithmetic over what is given: its operands by name, then by value.
    fn spelled(&mut self, measure: &Measure, shown: &str) {
        let program = self.book.program();
        let [labels, values] =
            [Spelling::Labels, Spelling::Values].map(|spelling| spelled(program, self.sources, measure, spelling));
        if let Some((labels, values)) = labels.zip(values) {
            self.say(Step::Formula, &words!("Formula: {labels}", "Formule : {labels}"));
            self.lines.push((Step::Substitution, format!("{values} = {shown}")));
        }
    }

    fn constant(&self, measure: &Measure, shown: &str) -> String {
        let written = self.sources.text(measure.origin).trim();
        let model = &self.book.program().base;
        let count = model.params.iter().find(|p| p.name.name == written).and_then(|p| p.evidence.count.as_ref());
        match count {
            Some((n, of)) => {
                let (n, of) = (crate::exam::given::whole(n, self.lang), crate::exam::given::whole(of, self.lang));
                format!("{n}/{of}")
            }
            None => shown.to_owned(),
        }
    }

    /// Where nothing can be shown by hand: what is measured, and that it was solved.
    fn solved(&mut self, label: &str, measure: &Measure) {
        let what = if label.is_empty() { self.named(measure) } else { label.to_owned() };
        self.say(
            Step::Formula,
            &words!(
                "{what}: solved exactly over all states of the journey; there is no short working by hand",
                "{what} : résolu exactement sur tous les états du parcours ; il n'y a pas de court calcul à la main"
            ),
        );
    }
}

/// Terms with their signs between them.
fn added(terms: &[String]) -> String {
    let mut out = String::new();
    for term in terms {
        match (out.is_empty(), term.strip_prefix('−')) {
            (true, _) => out.push_str(term),
            (false, Some(less)) => out.push_str(&format!(" − {less}")),
            (false, None) => out.push_str(&format!(" + {term}")),
        }
    }
    out
}

/// Whether a measure is of everybody, everywhere, for all time.
fn narrow(only: &Modifiers) -> bool {
    *only == Modifiers { scenario: only.scenario, ..Modifiers::default() }
}
