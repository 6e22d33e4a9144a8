//! Distributions at the edge: whatever an author writes is refused, or gives figures that are numbers, soon.

use jalon::compile::compile;
use jalon::measure::{Answered, figures};
use jalon::plan;
use jalon::resolve::{LoadError, Loader};
use jalon::simulate::{Run, simulate};
use jalon::solve::solve;

struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// Nothing, tiny, small, one, many, huge: as far as digits may be written (40).
fn sizes() -> Vec<String> {
    let tiny = format!("0.{}1", "0".repeat(38));
    let huge = format!("1{}", "0".repeat(39));
    ["0", "-1", &tiny, "0.3", "7", &huge].map(str::to_owned).into()
}

/// Every family with every pair of facts that it takes, its facts left open as `{}`.
fn forms() -> Vec<String> {
    let mut forms: Vec<String> =
        ["exponential(mean {})", "exponential(p90 {})", "poisson({})", "uniform({}, {})"].map(str::to_owned).into();
    for family in ["normal", "lognormal", "gamma", "weibull", "uniform"] {
        for facts in ["mean {}, sd {}", "median {}, p90 {}", "mean {}, p90 {}", "sd {}, p10 {}", "p1 {}, p99 {}"] {
            forms.push(format!("{family}({facts})"));
        }
    }
    forms.extend(
        ["triangular({}, {}, 7 UNIT)", "triangular(low {}, mode {}, mean 7 UNIT)", "triangular(0 UNIT, {}, p90 {})"]
            .map(str::to_owned),
    );
    forms.extend(["empirical({} 30%, {} otherwise)", "{}..{}", "{} - exponential(mean {})"].map(str::to_owned));
    forms
}

/// A journey with a law on a time, on money both ways with a discount, on an answer.
fn journey(time: &str, money: &str, mark: &str) -> String {
    format!(
        "journey edge\ncurrency EUR\ndiscount 8% per year\nchannel web\ngoal order\nend ok success\nend ko failure\n\
         arrive 10 at page\ntouchpoint page on web {{\n  takes {time}\n  cost {money}\n  survey nps {mark}\n  -> page 20% after {time}\n  \
         -> ok 30% reach order earns {money} margin 40%\n  -> ko otherwise\n}}\n\
         kpi a = cost\nkpi b = revenue\nkpi c = margin\nkpi d = clv\nkpi e = mean(time to order)\nkpi f = sd(time to order)\n\
         kpi g = p90(time to order)\nkpi h = sd(cost)\nkpi i = cost per order\nkpi j = rate(order within 2 days)\nkpi k = nps\n"
    )
}

/// What is wrong with the figures of a journey that was accepted.
fn trouble(text: &str) -> (bool, Vec<String>) {
    let compiled = compile("edge", text.to_owned(), &Nothing);
    let Some(journey) = compiled.journey else { return (false, Vec::new()) };
    let asked = plan::ask(&journey.program, &journey.chains);
    let (chain, plan) = (&journey.chains[0], &asked.plans[0]);
    let estimates = simulate(&journey.program.base, chain, plan, &Run { seed: 7, customers: 100 }, &|_| ());
    let answered = [Answered { chain, plan, solution: solve(chain, plan), estimates: Some(estimates), batches: Vec::new() }];
    let figures = figures(&journey.program, &asked, &answered, Some(7));
    let finite = |v: Option<f64>| v.is_none_or(f64::is_finite);
    let mut wrong = Vec::new();
    for (kpi, declared) in figures.kpis.iter().zip(&journey.program.kpis) {
        let figure = &kpi.figure;
        let estimate = figure.estimate.as_ref();
        let name = &declared.name.name;
        if figure.value().is_none() {
            wrong.push(format!("kpi {name} has no value"));
        }
        if !(finite(figure.exact) && finite(estimate.map(|e| e.value)) && finite(estimate.map(|e| e.standard_error))) {
            wrong.push(format!("kpi {name}: {:?} {estimate:?}", figure.exact));
        }
    }
    (true, wrong)
}

#[test]
fn laws_at_the_edge_are_refused_or_computed() {
    let sizes = sizes();
    let fill = |form: &str, a: &str, b: &str, unit: &str| {
        form.replacen("{}", &format!("{a} {unit}"), 1).replacen("{}", &format!("{b} {unit}"), 1).replace("UNIT", unit)
    };
    let (mut accepted, mut wrong) = (0, Vec::new());
    for form in forms() {
        // A gamma of percentiles is searched for, which takes its time: few sizes, and as a time only.
        let searched = form.starts_with("gamma") && form.contains(" p");
        let few = if searched { &sizes[4..] } else { &sizes[..] };
        for a in few {
            let others = if form.matches("{}").count() < 2 { &few[..1] } else { few };
            for b in others {
                let (time, money, mark) = (fill(&form, a, b, "s"), fill(&form, a, b, "EUR"), fill(&form, a, b, ""));
                let all = [(&*time, "1 EUR", "9"), ("1 s", &money, "9"), ("1 s", "1 EUR", &mark)];
                for (time, money, mark) in all.into_iter().take(if searched { 1 } else { 3 }) {
                    let (sound, found) = trouble(&journey(time, money, mark));
                    accepted += usize::from(sound);
                    wrong.extend(found.into_iter().map(|w| format!("{time} | {money} | {mark}: {w}")));
                }
            }
        }
    }
    assert!(accepted > 500, "only {accepted} accepted");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// What is known of a share is a law too: its mean is a number, from 0 to 100 %, whatever its parameters.
#[test]
fn shares_at_the_edge_are_refused_or_known() {
    let shares = ["0%", "0.0000000001%", "30%", "99.9999999%", "100%", "140%"].map(str::to_owned);
    let pairs = |list: &[String]| -> Vec<(String, String)> {
        list.iter().flat_map(|a| list.iter().map(|b| (a.clone(), b.clone()))).collect()
    };
    let laws = pairs(&sizes()).into_iter().map(|(a, b)| format!("beta({a}, {b})"));
    let known = pairs(&shares).into_iter().flat_map(|(a, b)| {
        [format!("beta(mean {a}, sd {b})"), format!("beta(mean {a}, p90 {b})"), format!("beta(median {a}, p90 {b})")]
    });
    let (mut accepted, mut wrong) = (0, Vec::new());
    for law in laws.chain(known) {
        let text = format!(
            "journey edge\nchannel web\nend ok\narrive 10 at page\nparam x = {law}\ntouchpoint page on web {{\n  -> ok\n}}\n"
        );
        let Some(journey) = compile("edge", text, &Nothing).journey else { continue };
        accepted += 1;
        let value = jalon::model::law::nearest(&journey.program.base.params[0].value);
        if !(0.0..=1.0).contains(&value) {
            wrong.push(format!("{law}: {value}"));
        }
    }
    assert!(accepted > 10, "only {accepted} accepted");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
