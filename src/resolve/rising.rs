//! Facts about a distribution that have an order: percentiles rise, and `mode` lies between `low` and `high`.

use super::distributions::{Known, word_of_fact};
use super::scope::Scope;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Words;
use crate::model::Unit;
use crate::model::law::{Distribution, Fact, FamilyName};
use crate::syntax::tree::{Argument, Expr, ExprKind};
use crate::words;
use num_rational::BigRational;
use std::cmp::Ordering;

impl Scope<'_> {
    /// Refuses percentiles that fall where they should rise; `low`, `mode` and `high` too.
    pub(super) fn expect_rising(&self, name: FamilyName, arguments: &[Argument], facts: &[Known], unit: Unit) -> Option<()> {
        let fact = |i: usize| name.named(facts[i].fact);
        let pairs = || (0..facts.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
        let falls = |(i, j): (usize, usize)| match order(fact(i), fact(j))? {
            Ordering::Less => Some(facts[i].value > facts[j].value),
            Ordering::Equal => Some(false),
            Ordering::Greater => Some(facts[i].value < facts[j].value),
        };
        let Some((i, j)) = pairs().find(|pair| falls(*pair) == Some(true)) else { return Some(()) };
        // The smaller fact by its name, which is the larger by its value.
        let (small, large) = if order(fact(i), fact(j)) == Some(Ordering::Less) { (i, j) } else { (j, i) };
        let (small_word, large_word) = (plain_word(fact(small)), plain_word(fact(large)));
        let (more, less) = (self.written(&facts[small].value, unit), self.written(&facts[large].value, unit));
        let said = Diagnostic::new(
            Code::FactsFall,
            facts[j].span,
            words!(
                "`{large_word}` ({less}) lies below `{small_word}` ({more})",
                "`{large_word}` ({less}) est plus petit que `{small_word}` ({more})"
            ),
        )
        .here(Words::same(format!("`{}`", plain_word(fact(j)))))
        .label(facts[i].span, Words::same(format!("`{}`", plain_word(fact(i)))))
        .note(words!(
            "from the smallest to the largest: `low`, `p10`, `median`, `p90`, `high`; `mode` between `low` and `high`",
            "du plus petit au plus grand : `low`, `p10`, `median`, `p90`, `high` ; `mode` entre `low` et `high`"
        ));
        self.refuse(match sorted(name, arguments, facts) {
            Some((all, text)) => said.mend(
                words!("if they were exchanged, write `{text}`", "s'ils ont été échangés, écrivez `{text}`"),
                all,
                text.clone(),
                false,
            ),
            None => said.help(words!("check them", "vérifiez-les")),
        })
    }
}

/// The arguments with their values in the order in which their facts rise, and the place of them all; `None` where that makes no
/// distribution either, or cannot be spelled.
fn sorted(name: FamilyName, arguments: &[Argument], facts: &[Known]) -> Option<(Span, String)> {
    let fact = |i: usize| name.named(facts[i].fact);
    // Those that have an order, by their facts; and the same by their values.
    let mut places: Vec<usize> = (0..facts.len()).filter(|i| order(fact(*i), fact(*i)).is_some()).collect();
    if places.iter().any(|i| places.iter().any(|j| order(fact(*i), fact(*j)).is_none())) {
        return None;
    }
    let mut values = places.clone();
    places.sort_by(|i, j| order(fact(*i), fact(*j)).unwrap_or(Ordering::Equal));
    values.sort_by(|i, j| facts[*i].value.cmp(&facts[*j].value));
    let mut taken: Vec<usize> = (0..facts.len()).collect();
    places.into_iter().zip(values).for_each(|(place, value)| taken[place] = value);
    let exchanged: Vec<(Fact, BigRational)> =
        taken.iter().enumerate().map(|(i, from)| (facts[i].fact, facts[*from].value.clone())).collect();
    Distribution::from_facts(name, &exchanged, false).ok()?;
    let spelled = |(i, from): (usize, &usize)| {
        let value = spelled(&arguments[*from].value)?;
        Some(arguments[i].word.as_ref().map_or(value.clone(), |word| format!("{} {value}", word.text)))
    };
    let text: Vec<String> = taken.iter().enumerate().map(spelled).collect::<Option<_>>()?;
    let (first, last) = (arguments.first()?, arguments.last()?);
    let start = first.word.as_ref().map_or(first.value.span, |word| word.span);
    Some((start.to(last.value.span), text.join(", ")))
}

/// A number or a name, as it may be written elsewhere.
fn spelled(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name.text.clone()),
        ExprKind::Number(number) if number.decimals <= 6 => {
            let plain = super::written::number(&number.value);
            Some(match number.unit.as_ref().map(|unit| unit.text.as_str()) {
                None => plain,
                Some("%") => format!("{plain}%"),
                Some(unit) => format!("{plain} {unit}"),
            })
        }
        _ => None,
    }
}

/// Which of two facts is the smaller value in every distribution, if that can be said.
fn order(a: Fact, b: Fact) -> Option<Ordering> {
    let rank = |fact| match fact {
        Fact::Low => Some(0),
        Fact::Percentile(p) => Some(p),
        Fact::High => Some(100),
        _ => None,
    };
    match (a, b) {
        (Fact::Mode, Fact::Mode) => Some(Ordering::Equal),
        (Fact::Low, Fact::Mode) | (Fact::Mode, Fact::High) => Some(Ordering::Less),
        (Fact::Mode, Fact::Low) | (Fact::High, Fact::Mode) => Some(Ordering::Greater),
        _ => Some(rank(a)?.cmp(&rank(b)?)),
    }
}

/// The word of a fact that has an order.
fn plain_word(fact: Fact) -> String {
    word_of_fact(fact).en.trim_matches('`').to_owned()
}
