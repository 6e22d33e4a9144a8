//! Params and laws, each after those it mentions.
//!
//! `4 of clicked` counts from what the base declares: neither `set` nor a value given from outside writes another survey.

use super::declared::{Declared, Param, named};
use super::names::Symbol;
use super::order::{in_a_circle, order};
use super::quantity::Quantity;
use super::scope::Scope;
use super::units::unit_words;
use super::wanted::bare;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::{self, Evidence, Unit};
use crate::syntax::tree::{Costs, Expr, ExprKind, Name, Number, Title, Value};
use crate::words;
use num_rational::BigRational;
use num_traits::Signed;

/// What the base knows of its params, and scenarios keep.
#[derive(Clone, Debug, Default)]
pub(super) struct Settled {
    /// The unit of each.
    pub(super) units: Vec<Option<Unit>>,
    /// What `n of param` counts from.
    pub(super) counts: Vec<Option<BigRational>>,
}

/// Works out all params and laws into `scope`. `base`: what the base settled, when a scenario is read.
pub(super) fn resolve_params(
    declared: &Declared<'_>,
    base: Option<&Settled>,
    scope: &mut Scope<'_>,
) -> Vec<Option<model::Param>> {
    let (params, laws) = (declared.params.len(), declared.laws.len());
    scope.params = vec![None; params];
    scope.places = declared.params.iter().map(|p| current(p).span).collect();
    scope.laws = vec![None; laws];
    scope.counts = base.map_or_else(|| vec![None; params], |settled| settled.counts.clone());
    let order = order(&needs(declared, scope, base.is_some()));
    let mut circling = vec![false; params + laws];
    for circle in &order.circles {
        circle.iter().for_each(|node| circling[*node] = true);
        scope.say(in_a_circle(&circle.iter().map(|node| place(declared, *node)).collect::<Vec<_>>()));
    }
    let mut resolved = vec![None; params];
    for node in order.nodes.into_iter().filter(|node| !circling[*node]) {
        if let Some(param) = declared.params.get(node) {
            let unit = base.and_then(|settled| settled.units[node]);
            if let Some((done, count)) = scope.resolve_param(param, unit) {
                scope.params[node] = Some(Quantity::certain(done.value.clone(), done.unit));
                if base.is_none() {
                    scope.counts[node] = count;
                }
                resolved[node] = Some(done);
            }
        } else {
            let (_, law) = declared.laws[node - params];
            scope.laws[node - params] = scope.evaluate(law).map(|q| Quantity { literal: false, ..q });
        }
    }
    resolved
}

/// The name of a param or a law, and where it is given its value.
fn place<'a>(declared: &Declared<'a>, node: usize) -> (&'a str, Span) {
    match declared.params.get(node) {
        Some(param) => (&param.title.name.text, param.set.map_or(param.title.name.span, |value| value.span)),
        None => {
            let (title, _) = declared.laws[node - declared.params.len()];
            (&title.name.text, title.name.span)
        }
    }
}

/// The expressions that a param is worked out from.
fn current<'a>(param: &Param<'a>) -> &'a Value {
    param.set.unwrap_or(param.declared)
}

/// `4 of clicked` with another count.
fn recounted(expr: &Expr, count: &BigRational) -> Option<Expr> {
    let ExprKind::CountOf(number, base) = &expr.kind else { return None };
    let number = Number { value: count.clone(), decimals: 0, ..number.clone() };
    Some(Expr { kind: ExprKind::CountOf(number, base.clone()), span: expr.span })
}

/// What each param and each law is worked out from. `again`: counts are settled, what they are counted from may change.
fn needs(declared: &Declared<'_>, scope: &Scope<'_>, again: bool) -> Vec<Vec<usize>> {
    let params = declared.params.len();
    let node_of = |name: &Name| match scope.common.names.all.get(&name.text)?.0 {
        Symbol::Param(id) => Some(id.index()),
        Symbol::Law(at) => Some(params + at),
        _ => None,
    };
    let of_param = declared.params.iter().map(|param| {
        let value = current(param);
        let mut names = Vec::new();
        let settled = again && matches!(value.sum.kind, ExprKind::CountOf(..));
        if !settled {
            mentions(&value.sum, &mut names);
        }
        if let Some(costs) = param.costs {
            mentions(&costs.amount, &mut names);
        }
        for bound in value.range.iter().flat_map(|(low, high)| [low, high]) {
            mentions(bound, &mut names);
        }
        names
    });
    let of_law = declared.laws.iter().map(|(_, law)| {
        let mut names = Vec::new();
        mentions(law, &mut names);
        names
    });
    of_param.chain(of_law).map(|names| names.into_iter().filter_map(node_of).collect()).collect()
}

/// The names in an expression.
pub(super) fn mentions<'e>(expr: &'e Expr, names: &mut Vec<&'e Name>) {
    match &expr.kind {
        ExprKind::Number(_) => {}
        ExprKind::Name(name) => names.push(name),
        ExprKind::CountOf(_, inner) | ExprKind::Negative(inner) => mentions(inner, names),
        ExprKind::Between(a, b) | ExprKind::Binary(_, a, b) => {
            mentions(a, names);
            mentions(b, names);
        }
        ExprKind::Call(_, arguments) => {
            for argument in arguments {
                mentions(&argument.value, names);
                argument.share.iter().for_each(|share| mentions(share, names));
            }
        }
    }
}

impl Scope<'_> {
    /// A param, and what may be counted from it.
    fn resolve_param(&self, param: &Param<'_>, base: Option<Unit>) -> Option<(model::Param, Option<BigRational>)> {
        let value = current(param);
        self.expect_no_law(&value.sum)?;
        let recounted = param.drawn.as_ref().and_then(|drawn| recounted(&value.sum, drawn));
        let sum = recounted.as_ref().unwrap_or(&value.sum);
        let quantity = self.evaluate(sum);
        let (source, assumed) = self.evidence(value);
        let quantity = quantity?;
        if let Some(unit) = base {
            self.expect_unit(&quantity, value.sum.span, bare(sum), unit)?;
        }
        let unit = quantity.unit;
        let range = self.range(value, unit);
        let costs_per_point = param.costs.and_then(|costs| self.costs_per_point(param.title, costs, unit));
        let count = self.count_in(sum);
        let law = (!quantity.law.is_constant()).then_some(quantity.law.clone());
        let stated = match &law {
            None => quantity.law.constant,
            Some(law) => law.exact_mean().or_else(|| BigRational::from_float(law.mean())).or_else(|| {
                let message = words!("this distribution has no mean to state", "cette distribution n'a pas de moyenne à énoncer");
                self.refuse(Diagnostic::new(Code::BadDistribution, value.sum.span, message))
            })?,
        };
        let stated = param.drawn.clone().filter(|_| recounted.is_none()).unwrap_or(stated);
        let counted = count.as_ref().map(|(n, _)| n.clone()).or_else(|| {
            (unit == Unit::Number && law.is_none() && stated.is_integer() && !stated.is_negative()).then(|| stated.clone())
        });
        let done = model::Param {
            name: named(param.title),
            value: param.given.clone().unwrap_or(stated),
            unit,
            range,
            costs_per_point,
            evidence: Evidence { source, assumed, count, law },
            from: self.params_in(&value.sum),
            figure_origin: value.span,
        };
        Some((done, counted))
    }

    /// What one point more of a param costs, which must be a share.
    fn costs_per_point(&self, title: &Title, costs: &Costs, unit: Unit) -> Option<BigRational> {
        let amount = self.certain_expression(&costs.amount, Unit::Money);
        let Some(per) = &costs.per else {
            let end = Span { start: costs.span.end, ..costs.span };
            let message = words!("a cost of how much more?", "un coût, pour combien de plus ?");
            return self.refuse(Diagnostic::new(Code::UnitMismatch, costs.span, message).mend(
                words!("write `per point`", "écrivez `per point`"),
                end,
                " per point",
                false,
            ));
        };
        self.word(per, &words!("what an improvement is counted in", "ce en quoi se compte un progrès"), &["point"], |word| {
            (word == "point").then_some(())
        })?;
        if unit != Unit::Share {
            let (name, is) = (&title.name.text, unit_words(unit));
            let (en, fr) = (is.en, is.fr);
            let message = words!("`{name}` is {en}: it has no points", "`{name}` est {fr} : il n'a pas de points");
            return self.refuse(
                Diagnostic::new(Code::UnitMismatch, per.span, message)
                    .here(words!("only a share rises by points", "seule une part s'élève par points"))
                    .note(words!("a point is one hundredth: from 75 % to 76 %", "un point est un centième : de 75 % à 76 %")),
            );
        }
        let amount = amount?;
        if amount.is_negative() {
            let written = self.written(&amount, Unit::Money);
            let message = words!("an improvement that costs {written}", "un progrès qui coûte {written}");
            return self.refuse(
                Diagnostic::new(Code::OutOfRange, costs.amount.span, message)
                    .note(words!("what an improvement costs is zero or more", "ce que coûte un progrès est nul ou positif")),
            );
        }
        Some(amount)
    }

    /// Chance by name has no place in a param: what is not known of one is written in it.
    fn expect_no_law(&self, expr: &Expr) -> Option<()> {
        let mut names = Vec::new();
        mentions(expr, &mut names);
        let law = names.into_iter().find_map(|name| match self.common.names.all.get(&name.text) {
            Some((Symbol::Law(_), declared)) => Some((name, declared)),
            _ => None,
        });
        let Some((name, declared)) = law else { return Some(()) };
        let text = &name.text;
        self.refuse(
            Diagnostic::new(
                Code::ChanceNotAllowed,
                name.span,
                words!(
                    "`{text}` is chance, and a param is one number",
                    "`{text}` relève du hasard, et un paramètre est un seul nombre"
                ),
            )
            .label(declared, words!("declared here as a law", "déclaré ici comme une loi"))
            .help(words!(
                "declare a `law` of both, or write in the param what is not known of it",
                "déclarez une `law` des deux, ou écrivez dans le paramètre ce qu'on en ignore"
            )),
        )
    }
}
