//! Trees as short strings, every grouping shown, so that a table can say what becomes of a text.

use crate::syntax::tree::{
    Argument, Bound, Branch, Comparison, Effect, EffectKind, Evidence, Expect, Expr, ExprKind, Figure, Guard, GuardKind, Measure,
    MeasureKind, Modifier, Name, Number, Operator, Share, Value,
};

pub(super) fn number(number: &Number) -> String {
    let unit = number.unit.as_ref().map_or("", |unit| &unit.text);
    let decimals = if number.decimals > 0 { format!("~{}", number.decimals) } else { String::new() };
    format!("{}{decimals}{unit}", number.value)
}

fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
    }
}

fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "=",
        Comparison::NotEqual => "!=",
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
    }
}

pub(super) fn expr(node: &Expr) -> String {
    match &node.kind {
        ExprKind::Number(n) => number(n),
        ExprKind::CountOf(count, of) => format!("({} of {})", number(count), expr(of)),
        ExprKind::Between(from, to) => format!("[{}..{}]", expr(from), expr(to)),
        ExprKind::Name(name) => name.text.clone(),
        ExprKind::Call(name, arguments) => {
            format!("{}({})", name.text, arguments.iter().map(argument).collect::<Vec<_>>().join(", "))
        }
        ExprKind::Binary(o, left, right) => format!("({} {} {})", expr(left), operator(*o), expr(right)),
        ExprKind::Negative(inner) => format!("-{}", expr(inner)),
    }
}

fn argument(argument: &Argument) -> String {
    let word = argument.word.as_ref().map_or(String::new(), |word| format!("{}: ", word.text));
    let share = argument.share.as_ref().map_or(String::new(), |share| format!(" @ {}", expr(share)));
    let otherwise = if argument.otherwise.is_some() { " @ otherwise" } else { "" };
    format!("{word}{}{share}{otherwise}", expr(&argument.value))
}

pub(super) fn value(value: &Value) -> String {
    let range = value.range.as_ref().map_or(String::new(), |(from, to)| format!(" range {}..{}", expr(from), expr(to)));
    let evidence = match &value.evidence {
        None => String::new(),
        Some(Evidence::Source(name)) => format!(" source {}", name.text),
        Some(Evidence::Assumed(_)) => " assumed".to_owned(),
    };
    expr(&value.sum) + &range + &evidence
}

pub(super) fn figure(figure: &Figure) -> String {
    figure.own.iter().fold(value(&figure.value), |all, (own, name)| format!("{all}, {} for {}", value(own), name.text))
}

pub(super) fn guard(node: &Guard) -> String {
    match &node.kind {
        GuardKind::Flag(name) => name.text.clone(),
        GuardKind::Compare(name, sign, right) => format!("{} {} {}", name.text, comparison(*sign), expr(right)),
        GuardKind::Consent(name) => format!("consent {}", name.text),
        GuardKind::Visited(name) => format!("visited({})", name.text),
        GuardKind::Reached(name) => format!("reached({})", name.text),
        GuardKind::Not(inner) => format!("not({})", guard(inner)),
        GuardKind::And(left, right) => format!("({} and {})", guard(left), guard(right)),
        GuardKind::Or(left, right) => format!("({} or {})", guard(left), guard(right)),
    }
}

pub(super) fn share(share: &Share) -> String {
    match share {
        Share::Figure(f) => figure(f),
        Share::Otherwise(_) => "otherwise".to_owned(),
        Share::Lone => "alone".to_owned(),
    }
}

pub(super) fn effect(effect: &Effect) -> String {
    match &effect.kind {
        EffectKind::Set(name, None) => format!("set {}", name.text),
        EffectKind::Set(name, Some(word)) => format!("set {} = {}", name.text, word.text),
        EffectKind::SetConsent(name) => format!("set consent {}", name.text),
        EffectKind::Clear(name) => format!("clear {}", name.text),
        EffectKind::ClearConsent(name) => format!("clear consent {}", name.text),
        EffectKind::Add(name, by) => format!("add {} {}", name.text, figure(by)),
        EffectKind::Start(name) => format!("start {}", name.text),
        EffectKind::Reach(name) => format!("reach {}", name.text),
        EffectKind::Cost(cost) => format!("cost {}", figure(cost)),
        EffectKind::Earns(earned, None) => format!("earns {}", figure(earned)),
        EffectKind::Earns(earned, Some(margin)) => format!("earns {} margin {}", figure(earned), figure(margin)),
        EffectKind::Feel(feelings) => {
            let feeling = |f: &crate::syntax::tree::Feeling| {
                let words = f.words.as_ref().map_or(String::new(), |words| format!(" {:?}", words.text));
                value(&f.value) + &words + &f.persona.as_ref().map_or(String::new(), |name| format!(" for {}", name.text))
            };
            format!("feel {}", feelings.iter().map(feeling).collect::<Vec<_>>().join(", "))
        }
    }
}

pub(super) fn branch(branch: &Branch) -> String {
    let mut shown = format!("-> {} {}", branch.to.text, share(&branch.share));
    if let Some(when) = &branch.guard {
        shown += &format!(" when {}", guard(when));
    }
    if let Some(after) = &branch.after {
        shown += &format!(" after {}", figure(after));
    }
    if let Some(because) = &branch.because {
        shown += &format!(" because {:?}", because.text);
    }
    branch.effects.iter().fold(shown, |all, one| format!("{all}; {}", effect(one)))
}

fn name(name: Option<&Name>) -> String {
    name.map_or("-".to_owned(), |name| name.text.clone())
}

pub(super) fn measure(node: &Measure) -> String {
    match &node.kind {
        MeasureKind::Number(n) => number(n),
        MeasureKind::CountOf(count) => expr(count),
        MeasureKind::Name(name) => name.text.clone(),
        MeasureKind::Rate { from, to, before, within } => {
            let within = within.as_ref().map_or("-".to_owned(), expr);
            format!("rate[{} {} before {} within {within}]", name(from.as_ref()), to.text, name(before.as_ref()))
        }
        MeasureKind::Next(from, to) => format!("next[{} {}]", from.text, to.text),
        MeasureKind::Touches { of, before } => format!("touches[{} before {}]", of.text, name(before.as_ref())),
        MeasureKind::Count(goal) => format!("count[{}]", goal.text),
        MeasureKind::Present(place, time) => format!("present[{} {}]", place.text, expr(time)),
        MeasureKind::TimeTo(goal) => format!("time[{}]", goal.text),
        MeasureKind::TimeBetween(from, to) => format!("time[{} {}]", from.text, to.text),
        MeasureKind::Plain(plain) => format!("{plain:?}"),
        MeasureKind::HotPoint(which, place) => format!("{which:?}[{}]", place.text),
        MeasureKind::Statistic(statistic, inner) => format!("{statistic:?}[{}]", measure(inner)),
        MeasureKind::Share(left, sign, right) => format!("share[{} {} {}]", measure(left), comparison(*sign), measure(right)),
        MeasureKind::With(inner, modifiers) => modifiers.iter().fold(measure(inner), |all, m| format!("{all} {}", modifier(m))),
        MeasureKind::Binary(o, left, right) => format!("({} {} {})", measure(left), operator(*o), measure(right)),
        MeasureKind::Negative(inner) => format!("-{}", measure(inner)),
    }
}

fn modifier(modifier: &Modifier) -> String {
    match modifier {
        Modifier::For(name) => format!("for {}", name.text),
        Modifier::In(name) => format!("in {}", name.text),
        Modifier::At(name) => format!("at {}", name.text),
        Modifier::Per(name) => format!("per {}", name.text),
        Modifier::Within(time) => format!("within {}", expr(time)),
        Modifier::WithReferrals(_) => "with referrals".to_owned(),
    }
}

pub(super) fn expect(expect: &Expect) -> String {
    let bound = match &expect.bound {
        Bound::Compare(sign, right) => format!("{} {}", comparison(*sign), measure(right)),
        Bound::Between(from, to) => format!("between {} and {}", measure(from), measure(to)),
    };
    let confidence = expect.confidence.as_ref().map_or(String::new(), |(level, _)| format!(" confidence {}", expr(level)));
    format!("{} {bound}{confidence}", measure(&expect.measure))
}
