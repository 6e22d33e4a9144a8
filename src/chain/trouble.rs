//! What is wrong in a state that a customer can really come into: which persona, carrying what.

use super::From;
use super::memory::{Layout, Memory};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Words;
use crate::model::{Branch, Guarded, Model, PersonaId};
use crate::words;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};
use std::collections::{BTreeMap, HashSet};

/// A place in the journey, who is there, and what he carries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where<'a> {
    pub(super) persona: PersonaId,
    pub(super) from: From,
    pub(super) memory: &'a Memory,
}

/// What a guard has answered so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Truth {
    /// It has held.
    pub(super) held: bool,
    /// It has not held.
    pub(super) failed: bool,
}

impl Truth {
    pub(super) fn see(&mut self, holds: bool) {
        if holds {
            self.held = true;
        } else {
            self.failed = true;
        }
    }
}

/// The findings of an enumeration, each place and kind once.
#[derive(Debug)]
pub(super) struct Trouble<'m> {
    model: &'m Model,
    said: HashSet<(Code, Span)>,
    /// The guards of lines that have been asked, by where they are written: at which place, and what they answered.
    pub(super) guards: BTreeMap<Span, (From, Truth)>,
    /// Figures somewhere make less than 100 %: a branch may be missing there.
    pub(super) short: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'m> Trouble<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self { model, said: HashSet::new(), guards: BTreeMap::new(), short: false, diagnostics: Vec::new() }
    }

    /// Of lines of one kind, the one that holds: a guarded one beats a plain one; two guarded ones are an error.
    pub(super) fn one<T>(&mut self, layout: &Layout, at: Where<'_>, lines: &'m [Guarded<T>]) -> Option<&'m Guarded<T>> {
        self.one_of(layout, at, lines.iter())
    }

    /// As [`Self::one`], over any choice of lines.
    pub(super) fn one_of<T>(
        &mut self,
        layout: &Layout,
        at: Where<'_>,
        lines: impl Iterator<Item = &'m Guarded<T>>,
    ) -> Option<&'m Guarded<T>> {
        let (mut plain, mut guarded): (Option<&Guarded<T>>, Option<&Guarded<T>>) = (None, None);
        for line in lines {
            match &line.guard {
                None => plain = plain.or(Some(line)),
                Some(condition) => {
                    let holds = layout.holds(&condition.guard, at.memory);
                    self.guards.entry(condition.origin).or_insert((at.from, Truth::default())).1.see(holds);
                    match guarded {
                        _ if !holds => {}
                        None => guarded = Some(line),
                        Some(first) => self.both_hold(layout, at, first.origin, line.origin),
                    }
                }
            }
        }
        guarded.or(plain)
    }

    /// Of each kind of line (as `same` tells kinds), the one that holds; in the order of the text.
    pub(super) fn each<T>(
        &mut self,
        layout: &Layout,
        at: Where<'_>,
        lines: &'m [Guarded<T>],
        same: impl Fn(&T, &T) -> bool,
    ) -> Vec<&'m T> {
        let mut chosen = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            if lines[..i].iter().any(|earlier| same(&earlier.value, &line.value)) {
                continue;
            }
            let kind = lines.iter().filter(|other| same(&other.value, &line.value));
            chosen.extend(self.one_of(layout, at, kind).map(|l| (l.origin, &l.value)));
        }
        chosen.sort_by_key(|(origin, _)| *origin);
        chosen.into_iter().map(|(_, value)| value).collect()
    }

    fn both_hold(&mut self, layout: &Layout, at: Where<'_>, first: Span, second: Span) {
        let diagnostic = Diagnostic::new(
            Code::GuardsOverlap,
            second,
            words!("two guarded lines of one kind hold together", "deux lignes gardées de même nature valent ensemble"),
        )
        .here(words!("this one holds too", "celle-ci vaut aussi"))
        .label(first, words!("this one holds", "celle-ci vaut"))
        .note(self.who(layout, at))
        .help(words!(
            "make one guard exclude the other, for example with `not`",
            "faites qu'une condition exclue l'autre, par exemple avec `not`"
        ));
        self.say(second, diagnostic);
    }

    pub(super) fn two_otherwise(&mut self, layout: &Layout, at: Where<'_>, first: &Branch, second: &Branch) {
        let diagnostic = Diagnostic::new(
            Code::TwoOtherwise,
            second.share_origin,
            words!("two branches take what is left", "deux branches prennent ce qui reste"),
        )
        .here(words!("the second", "la seconde"))
        .label(first.share_origin, words!("the first", "la première"))
        .note(self.who(layout, at))
        .help(words!("give one of them a figure", "donnez un chiffre à l'une des deux"));
        self.say(second.share_origin, diagnostic);
    }

    pub(super) fn missing_share(&mut self, branches: &[Branch], index: usize) {
        self.short = true;
        let branch = &branches[index];
        let last = index + 1 == branches.len();
        let mut diagnostic = Diagnostic::new(
            Code::MissingShare,
            branch.share_origin,
            words!("this branch says no share, and it is not alone", "cette branche ne dit pas sa part, et elle n'est pas seule"),
        )
        .here(words!("how many take it?", "combien la prennent ?"))
        .note(words!("only a lone branch needs no figure", "seule une branche unique se passe de chiffre"));
        if last {
            let text = words!("write `otherwise` for what is left", "écrivez `otherwise` pour ce qui reste");
            diagnostic = diagnostic.mend(text, branch.share_origin.after(), " otherwise", false);
        }
        self.say(branch.share_origin, diagnostic);
    }

    /// The figures open to a customer are not 100 % and nothing takes the rest.
    pub(super) fn sum(
        &mut self,
        layout: &Layout,
        at: Where<'_>,
        branches: &[Branch],
        figures: &[(usize, BigRational)],
        sum: &BigRational,
        otherwise: bool,
    ) {
        if branches.is_empty() {
            return;
        }
        let (name, origin) = self.place(at.from);
        let total = percent(sum);
        let over = sum > &BigRational::one();
        self.short |= !over;
        let message = match (figures.is_empty(), over && otherwise) {
            (true, _) => words!("no branch of `{name}` is open here", "aucune branche de `{name}` n'est ouverte ici"),
            (_, true) => {
                words!(
                    "branches of `{name}` add up to {total} before `otherwise`",
                    "les branches de `{name}` font {total} avant `otherwise`"
                )
            }
            _ => words!("branches of `{name}` add up to {total}", "les branches de `{name}` font {total}"),
        };
        let mut running = BigRational::from_integer(0.into());
        let mut labels: Vec<(Span, Words)> = Vec::new();
        let mut primary = None;
        for (index, p) in figures {
            running += p;
            let span = branches[*index].share_origin;
            if primary.is_none() && running > BigRational::one() {
                primary = Some((span, words!("takes the sum past 100 %", "fait dépasser 100 %")));
            } else {
                labels.push((span, Words::same(percent(p))));
            }
        }
        let missing = percent(&(BigRational::one() - sum));
        let (span, here) = primary.unwrap_or_else(|| match labels.pop() {
            Some((span, own)) => {
                let own = own.en;
                (
                    span,
                    words!(
                        "{own}: {missing} of the customers have no way on",
                        "{own} : {missing} des clients n'ont pas de suite"
                    ),
                )
            }
            None => (origin, words!("customers are stuck here", "les clients restent bloqués ici")),
        });
        let mut diagnostic = Diagnostic::new(Code::BranchSum, span, message).here(here);
        for (span, text) in labels {
            diagnostic = diagnostic.label(span, text);
        }
        diagnostic = diagnostic.note(self.who(layout, at)).note(words!(
            "what leaves a touchpoint adds up to exactly 100 % for every persona and whatever the customer carries",
            "ce qui sort d'un point de contact fait exactement 100 % pour chaque persona, quoi que porte le client"
        ));
        diagnostic = match figures.last() {
            Some((index, _)) if !otherwise => diagnostic.mend(
                words!("write `otherwise` for the last branch", "écrivez `otherwise` à la dernière branche"),
                branches[*index].share_origin,
                "otherwise",
                false,
            ),
            _ => diagnostic.help(words!("change the figures so that they fit", "changez les chiffres pour qu'ils tiennent")),
        };
        // One finding per touchpoint: another persona or memory would say the same again.
        self.say(origin, diagnostic);
    }

    fn place(&self, from: From) -> (String, Span) {
        let named = match from {
            From::Arrival(id) => &self.model.arrivals[id.index()].name,
            From::Touchpoint(id) => &self.model.touchpoints[id.index()].name,
        };
        (named.name.clone(), named.origin)
    }

    /// `for `roger`, carrying `coupon` and `contacts = 3``
    fn who(&self, layout: &Layout, at: Where<'_>) -> Words {
        let persona = &self.model.personas[at.persona.index()].name.name;
        let carried: Vec<String> = layout.describe(self.model, at.memory).iter().map(|c| format!("`{c}`")).collect();
        if carried.is_empty() {
            return words!("for `{persona}`, who carries nothing yet", "pour `{persona}`, qui ne porte encore rien");
        }
        let carried = carried.join(", ");
        words!("for `{persona}`, carrying {carried}", "pour `{persona}`, qui porte {carried}")
    }

    /// Keeps a finding unless its place has had one of its kind.
    pub(super) fn say(&mut self, place: Span, diagnostic: Diagnostic) {
        if self.said.insert((diagnostic.code, place)) {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// A share as an author writes it: `105 %`, `33.3333 %`.
pub(super) fn percent(share: &BigRational) -> String {
    let hundred = share * BigRational::from_integer(100.into());
    if hundred.is_integer() {
        return format!("{} %", hundred.numer());
    }
    let value = hundred.to_f64().unwrap_or(f64::NAN);
    let text = format!("{value:.6}");
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}
