//! How an answer is worked out, line by line: formula, substitution, result, rounding.
//!
//! Comes in: a measure and the book of a variant. Goes out: [`Working`]. What must hold: every line that states a figure states
//! the exact solution; a list of ways is only written if its sum is that figure, else the equations are, and the key says so.

use super::book::{Book, count, visits};
use super::paths::{Map, Way};
use super::spelled::{Spelling, spelled};
use super::value::{Rounded, Value};
use crate::diagnostics::Sources;
use crate::locale::{Lang, Words};
use crate::model::{
    Branch, Event, Law, Measure, MeasureKind, Model, Modifiers, MoneyKind, PerPersona, Place, Target, Touchpoint, TouchpointId,
    Unit,
};
use crate::syntax::tree::Operator;
use crate::words;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

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
    let model = &book.program().base;
    let (lang, currency) = (model.locale, model.currency.as_deref());
    let mut pen = Pen { book, sources, lang, currency, lines: Vec::new(), uses: Vec::new() };
    pen.explain(measure);
    if let Ok(value) = book.get(measure) {
        let (exact, printed) = (value.written(measure.unit, currency, lang), rounded.written(currency, lang));
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
    pen.lines.dedup();
    for (_, line) in &mut pen.lines {
        *line = line.replace("= ≈", "≈");
    }
    let (lines, method) = shared(&pen.lines, marks);
    Working { lines, uses: pen.uses, method }
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

impl Pen<'_> {
    fn say(&mut self, step: Step, words: &Words) {
        self.lines.push((step, words.get(self.lang).to_owned()));
    }

    fn write(&self, value: &Value, unit: Unit) -> String {
        value.written(unit, self.currency, self.lang)
    }

    fn quote(&self, label: &str) -> String {
        match self.lang {
            Lang::En => format!("“{label}”"),
            Lang::Fr => format!("«\u{a0}{label}\u{a0}»"),
        }
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
                if *only == Modifiers::default() {
                    self.explain(&kpi.measure);
                } else {
                    self.solved(&label, measure);
                }
                shown(self)
            }
            MeasureKind::Binary(operator, left, right) => {
                self.formula_of(measure);
                let (a, b) = (self.explain(left), self.explain(right));
                let sign = match operator {
                    Operator::Add => "+",
                    Operator::Subtract => "−",
                    Operator::Multiply => "×",
                    Operator::Divide => "÷",
                };
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

    /// The operands in words: labels of kpis and params, or as the author wrote them.
    fn formula_of(&mut self, measure: &Measure) {
        let text = self.named(measure);
        let line = words!("Formula: {text}", "Formule : {text}");
        self.say(Step::Formula, &line);
    }

    fn named(&self, measure: &Measure) -> String {
        match &measure.kind {
            MeasureKind::Kpi(id, _) => self.quote(&self.book.program().kpis[id.index()].name.label),
            MeasureKind::Constant(_) => {
                let written = self.sources.text(measure.origin).trim();
                let param = self.book.program().base.params.iter().find(|p| p.name.name == written);
                param.map_or_else(|| written.to_owned(), |p| self.quote(&p.name.label))
            }
            MeasureKind::Binary(operator, a, b) => {
                let sign = match operator {
                    Operator::Add => "+",
                    Operator::Subtract => "−",
                    Operator::Multiply => "×",
                    Operator::Divide => "÷",
                };
                let part = |m: &Measure| {
                    let text = self.named(m);
                    if matches!(m.kind, MeasureKind::Binary(..)) { format!("({text})") } else { text }
                };
                format!("{} {sign} {}", part(a), part(b))
            }
            MeasureKind::Negative(inner) => format!("−{}", self.named(inner)),
            other => self.words_of(other, measure),
        }
    }

    fn words_of(&self, kind: &MeasureKind, measure: &Measure) -> String {
        let say = |words: Words| words.get(self.lang).to_owned();
        match kind {
            MeasureKind::Rate { from: None, to, .. } => {
                let to = self.event(to);
                say(words!("rate of {to}", "taux de {to}"))
            }
            MeasureKind::Rate { from: Some(from), to, .. } => {
                let (from, to) = (self.event(from), self.event(to));
                say(words!("rate from {from} to {to}", "taux de passage de {from} à {to}"))
            }
            MeasureKind::Count(goal, _) => {
                let goal = self.event(&Event::Reach(*goal));
                say(words!("number of {goal} per customer", "nombre de {goal} par client"))
            }
            MeasureKind::Money(kind, only) => {
                let what = match kind {
                    MoneyKind::Cost => say(words!("cost", "coût")),
                    MoneyKind::Revenue => say(words!("revenue", "chiffre d'affaires")),
                    MoneyKind::Margin => say(words!("margin", "marge")),
                    MoneyKind::Clv => say(words!("customer value", "valeur client")),
                };
                match &only.per {
                    Some(per) => {
                        let per = self.event(per);
                        say(words!("{what} per {per}", "{what} par {per}"))
                    }
                    None => say(words!("{what} per customer who arrives", "{what} par client arrivé")),
                }
            }
            _ => format!("`{}`", self.sources.text(measure.origin).trim()),
        }
    }

    fn event(&self, event: &Event) -> String {
        let model = &self.book.program().base;
        let label = match event {
            Event::Reach(goal) => &model.goals[goal.index()].name.label,
            Event::Stop(end) => &model.ends[end.index()].name.label,
            Event::Meet(Place::Touchpoint(t)) => &model.touchpoints[t.index()].name.label,
            Event::Meet(Place::Stage(s)) => &model.stages[s.index()].name.label,
            Event::Meet(Place::Channel(c)) => &model.channels[c.index()].name.label,
            Event::Meet(_) => return "…".to_owned(),
        };
        self.quote(label)
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
                let (n, of) = (super::given::whole(n, self.lang), super::given::whole(of, self.lang));
                format!("{n}/{of}")
            }
            None => shown.to_owned(),
        }
    }

    /// The sum over all ways of the product of their shares, if that is the exact figure.
    fn rate(&mut self, measure: &Measure, from: Option<Event>, to: Event, only: &Modifiers) {
        let start = match from {
            None => Some(None),
            Some(Event::Meet(Place::Touchpoint(at))) => Some(Some(at)),
            Some(_) => None,
        };
        let map = Map { model: self.book.model(only.scenario), sources: self.sources, lang: self.lang };
        let ways = start.and_then(|start| map.ways(start, to));
        let exact = self.book.fraction(measure);
        let sum = ways.as_ref().map(|ways| ways.iter().map(Way::value).sum::<BigRational>());
        let Some(ways) = ways.filter(|ways| !ways.is_empty() && sum == exact) else {
            return self.equations(measure, from, to, only);
        };
        let formula = if ways.len() == 1 {
            words!("Formula: product of the shares along the way", "Formule : produit des taux d'étape le long du chemin")
        } else {
            let n = ways.len();
            words!(
                "Formula: sum over the {n} ways of the product of the shares along each",
                "Formule : somme, sur les {n} chemins, du produit des taux d'étape le long de chacun"
            )
        };
        self.say(Step::Formula, &formula);
        if from.is_none()
            && let Some(common) = common_places(&ways)
        {
            self.uses.extend(common.into_iter().map(super::book::met));
        }
        for way in &ways {
            let line = self.way(way, measure.unit);
            self.lines.push((Step::Substitution, line));
        }
        if ways.len() > 1 {
            let terms: Vec<String> = ways.iter().map(|way| self.write(&Value::of(way.value()), measure.unit)).collect();
            let sum = sum.map_or_else(String::new, |sum| self.write(&Value::of(sum), measure.unit));
            self.lines.push((Step::Substitution, format!("{} = {sum}", added(&terms))));
        }
    }

    fn way(&self, way: &Way, unit: Unit) -> String {
        let places = way.places.join(" → ");
        let value = self.write(&Value::of(way.value()), unit);
        let colon = self.lang.pick(":", " :");
        let factors: Vec<&str> = way.factors.iter().map(|factor| factor.text.as_str()).collect();
        match factors.as_slice() {
            [] => format!("{places}{colon} {value}"),
            [one] if *one == value => format!("{places}{colon} {value}"),
            many => format!("{places}{colon} {} = {value}", many.join(" × ")),
        }
    }

    fn next(&mut self, measure: &Measure, from: TouchpointId, to: Event, only: &Modifiers) {
        let model = self.book.model(only.scenario);
        let map = Map { model, sources: self.sources, lang: self.lang };
        let touchpoint = &model.touchpoints[from.index()];
        let leads = |branch: &Branch| match (to, branch.to) {
            (Event::Stop(end), Target::End(e)) => e == end,
            (Event::Meet(place), Target::Touchpoint(t)) => model.meets(place, t),
            _ => false,
        };
        let shares = map.shares(&touchpoint.branches).unwrap_or_default();
        let taken: Vec<_> = touchpoint.branches.iter().zip(&shares).filter(|(b, _)| leads(b)).map(|(_, f)| f.clone()).collect();
        let sum: BigRational = taken.iter().map(|f| f.value.clone()).sum();
        if taken.is_empty() || Some(&sum) != self.book.fraction(measure).as_ref() {
            return self.solved("", measure);
        }
        let (at, to) = (self.quote(&touchpoint.name.label), self.event(&to));
        self.say(
            Step::Formula,
            &words!(
                "Formula: of the visits to {at}, those that {to} follows at once",
                "Formule : parmi les visites de {at}, celles que suit aussitôt {to}"
            ),
        );
        let terms: Vec<&str> = taken.iter().map(|f| f.text.as_str()).collect();
        let value = self.write(&Value::of(sum), measure.unit);
        let line = if terms == [value.as_str()] { value } else { format!("{} = {value}", terms.join(" + ")) };
        self.lines.push((Step::Substitution, line));
    }

    /// The linear equations of a rate, where no short list of ways gives it.
    fn equations(&mut self, measure: &Measure, from: Option<Event>, to: Event, only: &Modifiers) {
        let model = self.book.model(only.scenario);
        let map = Map { model, sources: self.sources, lang: self.lang };
        let mut rows = Vec::new();
        for (i, touchpoint) in model.touchpoints.iter().enumerate() {
            let Some(shares) = map.shares(&touchpoint.branches) else { return self.solved("", measure) };
            if matches!(to, Event::Meet(place) if model.meets(place, TouchpointId::new(i))) {
                rows.push(format!("x({}) = 1", touchpoint.name.label));
                continue;
            }
            if matches!(to, Event::Reach(goal) if touchpoint.reaches.iter().any(|r| r.value == goal)) {
                rows.push(format!("x({}) = 1", touchpoint.name.label));
                continue;
            }
            let terms =
                touchpoint.branches.iter().zip(&shares).filter_map(|(branch, share)| term(model, branch, &share.text, to));
            let terms: Vec<String> = terms.collect();
            let right = if terms.is_empty() { "0".to_owned() } else { terms.join(" + ") };
            rows.push(format!("x({}) = {right}", touchpoint.name.label));
        }
        if rows.len() > 16 || from.is_some_and(|f| !matches!(f, Event::Meet(Place::Touchpoint(_)))) {
            return self.solved("", measure);
        }
        self.say(
            Step::Formula,
            &words!(
                "There is no short list of ways (customers come back): x(A), the probability from A on, solves one equation per touchpoint",
                "Il n'y a pas de courte liste de chemins (des clients reviennent) : x(A), la probabilité à partir de A, résout une équation par point de contact"
            ),
        );
        self.lines.extend(rows.into_iter().map(|row| (Step::Substitution, row)));
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

    /// Visits times what each costs or earns, over all touchpoints.
    fn money(&mut self, measure: &Measure, kind: MoneyKind, only: &Modifiers) {
        let alone = Modifiers { per: None, ..only.clone() };
        let whole = Measure { kind: MeasureKind::Money(kind, alone.clone()), ..measure.clone() };
        let contributions = if alone == Modifiers::default() && kind != MoneyKind::Clv { self.contributions(kind) } else { None };
        let sum = contributions.as_ref().map(|all| all.iter().map(|c| c.1.clone()).sum::<BigRational>());
        let what = self.named(&whole);
        match contributions.filter(|_| sum.is_some() && sum == self.book.fraction(&whole)) {
            None => self.solved("", &whole),
            Some(all) => {
                self.say(
                    Step::Formula,
                    &words!(
                        "Formula: {what} = sum over the touchpoints of visits per customer × amount per visit",
                        "Formule : {what} = somme, sur les points de contact, des visites par client × montant par visite"
                    ),
                );
                let several = all.len() > 1;
                let terms: Vec<String> = all.iter().map(|c| self.write(&Value::of(c.1.clone()), Unit::Money)).collect();
                self.lines.extend(all.into_iter().map(|(line, _)| (Step::Substitution, line)));
                if several && let Some(sum) = sum {
                    let total = self.write(&Value::of(sum), Unit::Money);
                    self.lines.push((Step::Substitution, format!("{} = {total}", added(&terms))));
                }
            }
        }
        if let Some(per) = only.per {
            let times = match per {
                Event::Reach(goal) => count(goal),
                Event::Meet(Place::Touchpoint(t)) => visits(t),
                other => super::book::rate(other),
            };
            let (top, bottom) = (self.book.get(&whole), self.book.get(&times));
            self.explain(&Measure { unit: Unit::Share, ..times });
            if let (Ok(top), Ok(bottom), Ok(result)) = (top, bottom, self.book.get(measure)) {
                let (a, b) = (self.write(&top, Unit::Money), self.write(&bottom, Unit::Share));
                let result = self.write(&result, Unit::Money);
                self.lines.push((Step::Substitution, format!("{a} ÷ {b} = {result}")));
            }
        }
    }

    /// Each touchpoint's and each branch's part in an amount: its line and its value.
    fn contributions(&self, kind: MoneyKind) -> Option<Vec<(String, BigRational)>> {
        let model = &self.book.program().base;
        let map = Map { model, sources: self.sources, lang: self.lang };
        let mut all = Vec::new();
        let arrivals: BigRational = model.arrivals.iter().map(|a| a.number.clone()).sum();
        for arrival in &model.arrivals {
            if kind != MoneyKind::Revenue && !arrival.cost_each.is_zero() {
                let share = &arrival.number / &arrivals;
                all.push(self.contribution(&arrival.name.label, &share, None, &signed(&arrival.cost_each, kind)));
            }
            if arrival.branches.iter().any(|b| b.effects.cost.is_some() || b.effects.earns.is_some()) {
                return None;
            }
        }
        for (i, touchpoint) in model.touchpoints.iter().enumerate() {
            let times = self.book.fraction(&visits(TouchpointId::new(i)))?;
            if times.is_zero() {
                continue;
            }
            for amount in amounts(model, touchpoint, kind)? {
                all.push(self.contribution(&touchpoint.name.label, &times, None, &amount));
            }
            if touchpoint.branches.iter().all(|b| b.effects.cost.is_none() && b.effects.earns.is_none()) {
                continue;
            }
            let shares = map.shares(&touchpoint.branches)?;
            for (branch, share) in touchpoint.branches.iter().zip(shares) {
                for amount in branch_amounts(branch, kind)? {
                    all.push(self.contribution(&touchpoint.name.label, &times, Some(&share), &amount));
                }
            }
        }
        Some(all)
    }

    fn contribution(
        &self,
        label: &str,
        times: &BigRational,
        share: Option<&super::paths::Factor>,
        amount: &BigRational,
    ) -> (String, BigRational) {
        let one = BigRational::one();
        let value = times * share.map_or(&one, |share| &share.value) * amount;
        let colon = self.lang.pick(":", " :");
        let visits = self.write(&Value::of(times.clone()), Unit::Number);
        let by = share.filter(|s| !s.value.is_one()).map_or_else(String::new, |share| format!(" × {}", share.text));
        let (each, total) =
            (self.write(&Value::of(amount.clone()), Unit::Money), self.write(&Value::of(value.clone()), Unit::Money));
        (format!("{label}{colon} {visits}{by} × {each} = {total}"), value)
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

/// The touchpoints that all ways pass before their last.
fn common_places(ways: &[Way]) -> Option<Vec<TouchpointId>> {
    let (first, rest) = ways.split_first()?;
    Some(first.met.iter().copied().filter(|t| rest.iter().all(|way| way.met.contains(t))).collect())
}

fn term(model: &Model, branch: &Branch, share: &str, to: Event) -> Option<String> {
    let reached = matches!(to, Event::Reach(goal) if branch.effects.reaches.contains(&goal));
    match branch.to {
        _ if reached => Some(share.to_owned()),
        Target::End(end) => (to == Event::Stop(end)).then(|| share.to_owned()),
        Target::Touchpoint(next) => Some(format!("{share} × x({})", model.touchpoints[next.index()].name.label)),
    }
}

/// A cost as a margin sees it.
fn signed(amount: &BigRational, kind: MoneyKind) -> BigRational {
    if kind == MoneyKind::Margin { -amount.clone() } else { amount.clone() }
}

/// An amount that is the same for everybody, and its mean where chance has a part in it.
fn sure(amount: &PerPersona<Law>) -> Option<BigRational> {
    amount.own.is_empty().then(|| amount.default.exact_mean()).flatten()
}

fn earned(earning: &crate::model::Earning, kind: MoneyKind) -> Option<BigRational> {
    let amount = sure(&earning.amount)?;
    if kind == MoneyKind::Revenue {
        return Some(amount);
    }
    earning.margin.own.is_empty().then(|| amount * &earning.margin.default)
}

/// What a visit costs and earns.
fn amounts(model: &Model, touchpoint: &Touchpoint, kind: MoneyKind) -> Option<Vec<BigRational>> {
    let mut all = Vec::new();
    if touchpoint.costs.iter().any(|c| c.guard.is_some()) || touchpoint.earns.iter().any(|e| e.guard.is_some()) {
        return None;
    }
    if kind != MoneyKind::Cost {
        for earning in &touchpoint.earns {
            all.push(earned(&earning.value, kind)?);
        }
    }
    if kind != MoneyKind::Revenue {
        let channel = model.channels[touchpoint.channel.index()].cost.as_ref();
        for cost in channel.into_iter().chain(touchpoint.costs.iter().map(|c| &c.value)) {
            all.push(signed(&sure(cost)?, kind));
        }
    }
    all.retain(|amount| !amount.is_zero());
    Some(all)
}

fn branch_amounts(branch: &Branch, kind: MoneyKind) -> Option<Vec<BigRational>> {
    let mut all = Vec::new();
    if let Some(earning) = branch.effects.earns.as_ref().filter(|_| kind != MoneyKind::Cost) {
        all.push(earned(earning, kind)?);
    }
    if let Some(cost) = branch.effects.cost.as_ref().filter(|_| kind != MoneyKind::Revenue) {
        all.push(signed(&sure(cost)?, kind));
    }
    Some(all)
}
