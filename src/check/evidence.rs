//! What figures rest on. All of it is notes: a journey may well start from guesses, as long as it says so.

use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::{Lang, Words, in_unit};
use crate::model::law::nearest;
use crate::model::{Evidence, FigureKind, Model, Program, Unit, wilson};
use crate::words;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use std::collections::HashSet;

/// A base below this says little about a rate.
const SMALL_BASE: u32 = 30;

/// A figure of the author, in a param or in a line.
struct Known<'a> {
    /// The name of a param.
    name: Option<&'a str>,
    value: &'a BigRational,
    unit: Unit,
    range: Option<&'a (BigRational, BigRational)>,
    evidence: &'a Evidence,
    /// Worked out from other figures: what is known stands there.
    derived: bool,
    /// A chance, not a margin or a rate of interest.
    probability: bool,
    span: Span,
}

/// All figures: those of params, then those that stand in a line.
fn known(model: &Model) -> impl Iterator<Item = Known<'_>> {
    let chances = chances(model);
    let params = model.params.iter().enumerate().map(move |(id, param)| Known {
        name: Some(&param.name.name),
        value: &param.value,
        unit: param.unit,
        range: param.range.as_ref(),
        evidence: &param.evidence,
        derived: !param.from.is_empty(),
        probability: chances.contains(&id),
        span: param.figure_origin,
    });
    let lines = model.figures.iter().map(|figure| Known {
        name: None,
        value: &figure.value,
        unit: figure.kind.unit(),
        range: figure.range.as_ref(),
        evidence: &figure.evidence,
        derived: figure.by_name,
        probability: figure.kind == FigureKind::Probability,
        span: figure.origin,
    });
    params.chain(lines)
}

/// The params that some chance is worked out from.
fn chances(model: &Model) -> HashSet<usize> {
    let figures = model.figures.iter().filter(|figure| figure.kind == FigureKind::Probability);
    let mut left: Vec<usize> = figures.flat_map(|figure| &figure.from).map(|id| id.index()).collect();
    let mut found = HashSet::new();
    while let Some(id) = left.pop() {
        if found.insert(id) {
            left.extend(model.params[id].from.iter().map(|id| id.index()));
        }
    }
    found
}

impl Known<'_> {
    /// What a message calls it.
    fn called(&self) -> Words {
        match self.name {
            Some(name) => Words::same(format!("`{name}`")),
            None => words!("this figure", "ce chiffre"),
        }
    }

    /// Whether it stands for something that could have been found out: no mark, and neither nothing nor everything.
    fn is_knowledge(&self) -> bool {
        let whole = self.unit == Unit::Share && self.value.is_one();
        matches!(self.unit, Unit::Share | Unit::Money | Unit::Time) && !self.value.is_zero() && !whole
    }

    /// Its interval at 95 %, where it is a count.
    fn interval(&self) -> Option<(f64, f64)> {
        let (count, base) = self.evidence.count.as_ref()?;
        Some(wilson(nearest(count), nearest(base)))
    }

    /// Its count, as `4 of 90`.
    fn counted(&self) -> Option<String> {
        self.evidence.count.as_ref().map(|(count, base)| format!("{count} of {base}"))
    }

    fn has_small_base(&self) -> bool {
        self.evidence.count.as_ref().is_some_and(|(_, base)| base.to_u32().is_some_and(|base| base < SMALL_BASE))
    }
}

fn written(value: f64, unit: Unit, model: &Model) -> Words {
    let one = |lang| in_unit(value, unit, model.currency.as_deref(), lang);
    Words { en: one(Lang::En), fr: one(Lang::Fr) }
}

/// What nobody measured is worth knowing.
pub(super) fn what_is_assumed_is_told(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for figure in known(model).filter(|figure| figure.evidence.assumed) {
        let Words { en, fr } = figure.called();
        let mut said = Diagnostic::new(Code::Assumed, figure.span, words!("{en} is assumed", "{fr} est une hypothèse"))
            .note(words!("what is computed from it is no surer than it", "ce qu'on en calcule n'est pas plus sûr"));
        if figure.range.is_none() && !figure.value.is_zero() {
            said = said.help(words!(
                "say between which values it may lie: `range … .. …`",
                "dites entre quelles valeurs il peut se trouver : `range … .. …`"
            ));
        }
        diagnostics.push(said);
    }
}

/// A param that others are worked out from comes from somewhere.
pub(super) fn params_say_where_they_come_from(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let counts = |unit| matches!(unit, Unit::Share | Unit::Money | Unit::Time | Unit::Number);
    for figure in known(model).filter(|f| !f.derived && f.evidence.is_none() && counts(f.unit)) {
        let Some(name) = figure.name else { continue };
        if figure.unit != Unit::Number && !figure.is_knowledge() {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(
                Code::Unsourced,
                figure.span,
                words!("it is not said where `{name}` comes from", "on ne dit pas d'où vient `{name}`"),
            )
            .help(words!(
                "if it was measured, name the source behind it: `source …`",
                "s'il a été mesuré, nommez la source à sa suite : `source …`"
            ))
            .mend(
                words!("if nobody measured it, write `assumed`", "si personne ne l'a mesuré, écrivez `assumed`"),
                Span { start: figure.span.end, ..figure.span },
                " assumed",
                false,
            ),
        );
    }
}

/// So do the figures that stand in lines; one note speaks of them all.
pub(super) fn figures_in_lines_say_where_they_come_from(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let bare = |f: &Known<'_>| f.name.is_none() && !f.derived && f.evidence.is_none() && f.is_knowledge();
    let mut all = known(model).filter(bare).map(|figure| figure.span);
    let Some(first) = all.next() else { return };
    let message = match 1 + all.count() {
        1 => words!(
            "one figure in the lines of this journey has no source",
            "un chiffre est sans source dans les lignes de ce parcours"
        ),
        n => words!(
            "{n} figures in the lines of this journey have no source",
            "{n} chiffres sont sans source dans les lignes de ce parcours"
        ),
    };
    diagnostics.push(
        Diagnostic::new(Code::Unsourced, first, message)
            .here(words!("the first of them", "le premier d'entre eux"))
            .note(words!(
                "`source …` or `assumed` may stand behind any figure",
                "`source …` ou `assumed` peut suivre n'importe quel chiffre"
            ))
            .help(words!(
                "make params of those that the results hang on, and say where they come from",
                "faites des paramètres (`param`) de ceux dont les résultats dépendent, et dites d'où ils viennent"
            )),
    );
}

/// A count over few says little.
pub(super) fn bases_are_large_enough(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for figure in known(model).filter(Known::has_small_base) {
        let (Some(counted), Some((low, high))) = (figure.counted(), figure.interval()) else { continue };
        let Words { en, fr } = figure.called();
        let (low, high) = (written(low, Unit::Share, model), written(high, Unit::Share, model));
        let (low_en, low_fr, high_en, high_fr) = (low.en, low.fr, high.en, high.fr);
        diagnostics.push(
            Diagnostic::new(
                Code::SmallBase,
                figure.span,
                words!("{en} is counted on few customers: `{counted}`", "{fr} est compté sur peu de clients : `{counted}`"),
            )
            .note(words!(
                "all that this tells, at 95 %, is a rate somewhere between {low_en} and {high_en} (Wilson's interval)",
                "tout ce que cela dit, à 95 %, est un taux quelque part entre {low_fr} et {high_fr} (intervalle de Wilson)"
            ))
            .help(words!("count at least {SMALL_BASE}", "comptez-en au moins {SMALL_BASE}")),
        );
    }
}

/// A figure that may as well be twice or half of itself is told as such.
pub(super) fn intervals_are_narrower_than_their_value(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for figure in known(model).filter(|figure| !figure.has_small_base()) {
        let range = figure.range.map(|(low, high)| (nearest(low), nearest(high)));
        let Some((low, high)) = range.or_else(|| figure.interval()) else { continue };
        let value = nearest(figure.value);
        if high - low <= value.abs() {
            continue;
        }
        let Words { en, fr } = figure.called();
        let (low, high) = (written(low, figure.unit, model), written(high, figure.unit, model));
        let (low_en, low_fr, high_en, high_fr) = (low.en, low.fr, high.en, high.fr);
        let Words { en: value_en, fr: value_fr } = written(value, figure.unit, model);
        let said = Diagnostic::new(
            Code::WideInterval,
            figure.span,
            words!(
                "{en} lies somewhere between {low_en} and {high_en}",
                "{fr} se trouve quelque part entre {low_fr} et {high_fr}"
            ),
        )
        .note(words!("that is wider than the value itself, {value_en}", "c'est plus large que la valeur elle-même, {value_fr}"));
        diagnostics.push(match (range, figure.counted()) {
            (None, Some(counted)) => said
                .note(words!(
                    "this is what `{counted}` tells, at 95 % (Wilson's interval)",
                    "c'est ce que dit `{counted}`, à 95 % (intervalle de Wilson)"
                ))
                .help(words!("count more customers", "comptez plus de clients")),
            _ => said.help(words!("measure it, and narrow the range", "mesurez-le, et resserrez la fourchette")),
        });
    }
}

/// A rate that somebody measured had a base.
pub(super) fn rates_say_their_base(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let without = |f: &Known<'_>| {
        let evidence = f.evidence;
        f.probability
            && f.unit == Unit::Share
            && f.is_knowledge()
            && !f.derived
            && evidence.source.is_some()
            && evidence.count.is_none()
            && evidence.law.is_none()
            && f.range.is_none()
    };
    for figure in known(model).filter(without) {
        let Words { en, fr } = figure.called();
        diagnostics.push(
            Diagnostic::new(
                Code::RateWithoutBase,
                figure.span,
                words!("{en} is a rate without its base", "{fr} est un taux sans sa base"),
            )
            .note(words!(
                "`90 of 1000` says more than `9%`: also how sure it is",
                "`90 of 1000` en dit plus que `9%` : aussi combien c'est sûr"
            ))
            .help(words!(
                "write how many of how many were counted, if the source says so",
                "écrivez combien ont été comptés sur combien, si la source le dit"
            )),
        );
    }
}

/// What is printed elsewhere is printed somewhere.
pub(super) fn claims_say_who_prints_them(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for claim in program.claims.iter().filter(|claim| claim.source.is_none()) {
        diagnostics.push(
            Diagnostic::new(
                Code::ClaimUnsourced,
                claim.origin,
                words!("it is not said who prints this", "on ne dit pas qui imprime ceci"),
            )
            .help(words!(
                "declare where it is printed, and name it behind: `source …`",
                "déclarez où c'est imprimé, et nommez-le à la suite : `source …`"
            )),
        );
    }
}
